/* app/password.h - passwords that are too easy to guess. */
#ifndef APP_PASSWORD_H
#define APP_PASSWORD_H

#include "base/str.h"

/* Whether the case-folded password is made of common words, runs or too few letters. */
bool password_common(str folded);

#endif
