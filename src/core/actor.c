#include "core/actor.h"

bool
actor_has_role(const struct actor *who, enum role role)
{
	for (size_t i = 0; i < who->n_appointments; i++)
		if (who->appointments[i].role == role)
			return true;
	return false;
}

bool
actor_is_on_side(const struct actor *who, enum side side)
{
	for (size_t i = 0; i < who->n_appointments; i++)
		if (who->appointments[i].party_id == who->party_id &&
		    who->appointments[i].side == side)
			return true;
	return side == SIDE_NONE;
}
