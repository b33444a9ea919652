/*
 * test/folder.h - a data folder with a founded space and a few people who may raise matters,
 * for drivers that are programs of their own (crash, power).
 *
 * Anything that goes wrong ends the program with a line that says what.
 */
#ifndef TEST_FOLDER_H
#define TEST_FOLDER_H

#include "app/house.h"
#include "app/open.h"
#include "web/site.h"

enum { FOLDER_PEOPLE = 8, FOLDER_TOKENS = 64 };

struct folder {
	const char *dir, *db; /* the folder and the file of its space "t" */
	struct house house;
	struct opened opened; /* in the arena of folder_make or folder_reopen */
	struct site site;
	str token[FOLDER_PEOPLE]; /* what a person's tokens of the API begin with */
	int64_t now_at;
};

/* Founds space "t" from the charter file in dir, with n people: contacts of the first
 * municipalities. */
void folder_make(
    struct arena *a, const char *dir, const char *charter, size_t n, struct folder *ret);

/* Opens a folder that was made and closed (its arena finished; only dir, db, now_at and the
 * tokens of f are looked at). unsafe: with commits that may
 * be lost, see struct db_config. */
void folder_reopen(struct arena *a, const struct folder *f, bool unsafe, struct folder *ret);

/* Token number n of a person. There are FOLDER_TOKENS, n goes round: the service bounds what
 * one token may write in a minute. */
str folder_token(const struct folder *f, struct arena *a, size_t who, size_t n);

/* A new folder under parent. */
const char *folder_new(struct arena *a, const char *parent);
void folder_remove(const char *dir);

/* Ends the program, status 2. */
void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
void must(struct err *e, const char *what);

/* A matter raised through the API. Returns the status, the body in *ret_body. */
int folder_propose(struct folder *f, struct arena *a, size_t who, const char *title,
    const char *once, str *ret_body);

#endif
