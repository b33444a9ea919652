/* app/usecases.c - the list of all use cases, area by area. */
#include "app/account.h"
#include "app/matter.h"

const struct usecase *const usecases[] = {
    matter_usecases,
    NULL,
};
