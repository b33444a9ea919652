/*
 * app/self.h - one's own account: language, password and phone, sessions, tokens.
 *
 * Acts on secrets leave an entry in the record without anything of the secret.
 *
 * Errors     session.gone  ERR_NOT_FOUND  no such session of this person
 *            token.gone    ERR_NOT_FOUND  no such token of this person
 */
#ifndef APP_SELF_H
#define APP_SELF_H

#include "app/people.h"

struct self_session {
	str pid, agent;
	int64_t created_at, proved_at;
	bool is_this;
};

struct self_token {
	str pid, label, party;
	int64_t made_at, until_at;
	bool writes;
};

struct self {
	struct person_card card;
	int64_t lang; /* enum lang; 0: the browser's */
	int64_t recovery_left;
	const struct self_session *sessions;
	const struct self_token *tokens;
	size_t n_sessions, n_tokens;
};

/* session_pid: the one that asks. */
struct err *self_read(struct cx *cx, str session_pid, struct self *ret) NODISCARD;

extern const struct choice self_langs[];
extern const struct usecase self_usecases[];

#endif
