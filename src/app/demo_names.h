/* app/demo_names.h - invented names, and passwords that can be read aloud. */
#ifndef APP_DEMO_NAMES_H
#define APP_DEMO_NAMES_H

#include "base/random.h"

str demo_name(struct arena *a, size_t number);
str demo_password(struct arena *a, struct random *r); /* four words, 19 characters at least */

#endif
