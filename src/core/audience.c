#include "core/audience.h"

static bool
gives(const struct appointment *t, struct audience x)
{
	if (t->role == ROLE_ADMIN)
		return false;
	switch ((enum audience_kind)x.kind) {
	case AUDIENCE_SECRETARIAT: return t->role == ROLE_SECRETARY;
	case AUDIENCE_INSIDE: return true;
	case AUDIENCE_PARTY: return t->party_id == x.ref_id;
	case AUDIENCE_BODY: return t->body_id != 0 && t->body_id == x.ref_id;
	case AUDIENCE_SIDE: return t->side == x.ref_id;
	case AUDIENCE_SPEAKERS:
		return t->party_id == x.ref_id &&
		       (t->role == ROLE_CONTACT || t->role == ROLE_SECRETARY);
	case AUDIENCE_PERSON: return true; /* it is the person: audience_has() */
	}
	return false;
}

bool
audience_has(const struct actor *who, struct audience x)
{
	if (x.kind == AUDIENCE_PERSON && (who->person_id == 0 || who->person_id != x.ref_id))
		return false;
	for (size_t i = 0; i < who->n_appointments; i++)
		if (gives(&who->appointments[i], x))
			return true;
	return false;
}
