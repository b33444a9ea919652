/*
 * http_conn.h - inside of the server: shared by http*.c only.
 *
 * A conn lives from accept to close: first in the hands of the door thread, then of MHD. The
 * door reads phase, since_ms and got meanwhile, so they are atomic. http.lock guards the list
 * and the counts by address, and a conn leaves the list before its descriptor is closed.
 * An exchange is one request and its reply, on the connection's own thread.
 */
#ifndef WEB_HTTP_CONN_H
#define WEB_HTTP_CONN_H

#include "web/deadline.h"
#include "web/http.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

enum { IP_BUCKETS = 1024, PEER_MAX = 46, FD_MAX = 65536, LISTEN_ID_MAX = 64 };

struct conn {
	struct http *h;
	struct conn *prev, *next; /* of all */
	struct conn *ip_next;     /* of those in the same bucket */
	int fd;
	bool via_unix, is_loopback;
	unsigned char ip[16];
	char peer[PEER_MAX];
	_Atomic int phase; /* enum http_phase */
	_Atomic int64_t since_ms, got;
};

struct exchange {
	struct conn *c;
	struct arena a;
	str uri; /* as sent */
	bool head_seen;
	bool close; /* after this reply */
	struct gate_head head;
	struct http_request rq;
	struct http_reply rp;
	struct gate_refusal no; /* status set: refused, and the body is thrown away */
	char *body;
	size_t body_n, body_cap, body_max;
	struct multipart_reader *reader;
	struct multipart parts;
};

struct http {
	struct http_config config;
	struct deadline_rules rules;
	http_handler_fn *handler;
	void *arg;
	struct MHD_Daemon *mhd;
	int epoll_fd, listen_fd, stop_fd;
	int port;
	bool is_unix;
	bool spares_loopback; /* a proxy on this machine is many clients */
	_Atomic bool stopping;
	_Atomic int n_conns;

	pthread_mutex_t lock;
	pthread_cond_t gone; /* a connection has gone while stopping */
	struct conn *conns;
	struct conn *by_ip[IP_BUCKETS];
	struct conn *by_fd[FD_MAX]; /* how MHD's callbacks find theirs */

	pthread_mutex_t live_lock;
	pthread_cond_t live_news;
	struct listener *listeners;

	pthread_t door;
	bool has_door;
	char *peeked; /* the door's buffer of head_max + 1 bytes */
};

int64_t http_now_ms(void);
void conn_phase(struct conn *c, enum http_phase phase);

/* http_door.c */
void *door_run(void *http);
void door_close(struct conn *c); /* leaves the lists; the caller closes fd */

/* http_exchange.c: MHD's callbacks; cls is the struct http. */
void *exchange_uri(void *cls, const char *uri, struct MHD_Connection *con);
enum MHD_Result exchange_handle(void *cls, struct MHD_Connection *con, const char *url,
    const char *method, const char *version, const char *data, size_t *data_n, void **ctx);
void exchange_done(
    void *cls, struct MHD_Connection *con, void **ctx, enum MHD_RequestTerminationCode how);
void exchange_connection(void *cls, struct MHD_Connection *con, void **ctx,
    enum MHD_ConnectionNotificationCode what);
void
exchange_fill_request(struct conn *c, const struct gate_head *head, struct http_request *rq);

/* http_body.c: false means refused with *ret_no. */
bool body_begin(struct exchange *x, struct gate_refusal *ret_no);
bool body_take(struct exchange *x, str data, struct gate_refusal *ret_no);
bool body_end(struct exchange *x, struct gate_refusal *ret_no);

/* http_reply.c */
void reply_refuse(struct http *h, const struct http_request *rq, struct gate_refusal no,
    struct http_reply *ret);
str reply_text(struct arena *a, const struct http_request *rq, struct http_reply *rp);
enum MHD_Result reply_queue(struct exchange *x, struct MHD_Connection *con);

/* http_live.c: the reply's listener takes over the response. */
struct MHD_Response *live_response(struct exchange *x);
void live_wake_all(struct http *h);

#endif
