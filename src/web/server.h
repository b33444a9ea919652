/*
 * web/server.h - many spaces behind one address.
 *
 * The first part of the path names the space; /static/ and / belong to the service itself.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "app/open.h"
#include "web/http.h"

struct server_config {
	const char *listen;
	const char *origin; /* "https://…" that browsers see; NULL: whatever Host says */
	const struct opened *spaces;
	size_t n_spaces;
	struct house *house;
	int64_t (*now)(void); /* the clock; a fixed one in tests */
};

struct server;

/* Starts to serve; returns at once. */
struct err *server_start(
    struct arena *a, const struct server_config *config, struct server **ret) NODISCARD;
int server_port(const struct server *s);
void server_stop(struct server *s);

/* Answers one request without a connection: for tests. */
void server_answer(struct server *s, struct http_request *rq, struct http_reply *rp);
struct server *server_new(struct arena *a, const struct server_config *config);

/* Bytes the body may have. Attachments may be large, sent as files (which go to the disk) by
 * whoever has a session or a token in force; all else lies in the memory of its request, and is
 * copied there when it is read. */
size_t server_body_max(struct server *s, const struct http_request *rq);

#endif
