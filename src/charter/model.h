/* charter/model.h - the table that says what a charter file may hold and where it goes. */
#ifndef CHARTER_MODEL_H
#define CHARTER_MODEL_H

#include "charter/walk.h"

extern const struct schema charter_schema; /* of a struct charter */

#endif
