/*
 * http.h - the HTTP server: connections, limits and deadlines; one handler answers.
 *
 * libmicrohttpd reads and writes; each connection has its own thread, so nobody waits for
 * another's slow request. A door thread accepts, counts, sees the first head of a connection
 * whole and through gate.h before any thread is spent on it, and enforces the deadlines. Every
 * later head passes the gate too. Run it on loopback or a UNIX socket behind a proxy
 * that does TLS; forwarded addresses are believed on a UNIX socket only.
 *
 * Units      Times are milliseconds, sizes bytes.
 * Ownership  A request and all it points to live until its reply has been sent. What a reply
 *            points to must live in rq->a or be constant. A file given to a reply is closed
 *            by the server.
 * Errors     http.bad_address  ERR_INVALID   the listen address cannot be read
 *            http.listen       ERR_INTERNAL  it cannot be listened on, or MHD will not start
 */
#ifndef WEB_HTTP_H
#define WEB_HTTP_H

#include "base/err.h"
#include "web/gate.h"
#include "web/multipart.h"

struct http_request {
	struct arena *a;
	enum http_method method; /* as sent: HEAD is answered by what answers GET */
	str path;                /* decoded, UTF-8, NFC; begins with '/' */
	str raw_path, query;     /* as sent */
	const struct gate_head *head;
	str host;         /* as sent, with port if any */
	str content_type; /* media type in lower case, no parameters; empty: no body */
	str body;         /* bytes; empty if the body is multipart */
	const struct multipart *parts; /* NULL: the body is not multipart/form-data */
	str peer;       /* IP address as text, the /64 of IPv6; behind a proxy what it says */
	bool via_proxy; /* came in by a UNIX socket */
	bool https;     /* the proxy says that the client used TLS */
};

str http_header(const struct http_request *rq, str name); /* empty if absent */

struct http_reply {
	int status;       /* 0 means 200 */
	str content_type; /* empty: no Content-Type, for replies without a body */
	str body;
	str etag;      /* with its quotes; If-None-Match is compared and answered with 304 */
	bool has_file; /* file_n bytes of fd from file_at, instead of body */
	int fd;
	int64_t file_at, file_n;
	str live; /* not empty: keep the connection as a listener of this topic (<= 64 bytes) */
	struct http_header *headers;
	size_t n_headers, cap_headers;
	bool close; /* close the connection after this reply */
};

/* Adds a header. A value with CR, LF or NUL is a bug and ends in a 500 for the client. The
 * security headers and Cache-Control: no-store are added by the server unless given here. */
void http_reply_header(struct http_reply *rp, struct arena *a, str name, str value);

/* Whether the client has this etag already: then the handler need not make the body. */
bool http_has_etag(const struct http_request *rq, str etag);

typedef void http_handler_fn(void *arg, struct http_request *rq, struct http_reply *rp);

struct http_config {
	const char *listen;     /* "127.0.0.1:8080", "[::1]:0" or "unix:/run/x.sock" */
	size_t head_max;        /* 0: 16 KB */
	size_t arena_max;       /* memory of one request; 0: 64 MB */
	int connections_max;    /* 0: 4000 */
	int connections_ip_max; /* an IPv6 /64 is one; 0: 60, and loopback is not counted */
	int head_ms; /* 0: 10 000; absolute, from the connection or the request line */
	int idle_ms; /* until the next head; 0: 65 000 on a UNIX socket, else head_ms */
	int body_ms, body_grace_ms,
	    body_rate;       /* 0: 120 000; after 10 000, 500 bytes a second */
	int write_ms;        /* 0: 60 000 */
	int stop_ms;         /* what running requests get at a stop; 0: 20 000 */
	const char *tmp_dir; /* where uploaded files go, unnamed; NULL: /tmp */
	str session_cookie;  /* prefix; when 80 % of the connections are in use, only requests
			      * with  such a cookie are served; empty: off */

	/* The largest body that may follow this head; asked before any of it is used. 0: none.
	 * NULL: 64 KB for everything. */
	size_t (*body_max)(void *arg, const struct http_request *rq);

	/* Fills the reply for a request the server refuses itself (400, 408, 413, ...). rq has
	 * an arena, and path and headers if the head was good (rq->head is set then). May run
	 * on the door thread: it must not wait for anything. NULL: a line of plain text. */
	void (*refused)(void *arg, const struct http_request *rq, int status, const char *why,
	    struct http_reply *rp);
};

struct http;

/* Listens and starts the threads; returns at once. config is copied, what it points to is
 * not. arg is handed to the handler and the callbacks. */
struct err *http_start(struct arena *a, const struct http_config *config,
    http_handler_fn *handler, void *arg, struct http **ret) NODISCARD;

int http_port(const struct http *h); /* the port listened on; 0 for a UNIX socket */

/* Stops listening, closes what is idle, lets running requests finish, then frees all. */
void http_stop(struct http *h);

/* Sends the bytes of a server-sent event to every listener of the topic (the empty topic: to
 * all). A listener that does not keep up is dropped. Returns how many got it. */
int http_notify(struct http *h, str topic, str event);

#endif
