#include "store/filed.h"

#include <fcntl.h>
#include <libxml/parser.h>
#include <magic.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "store/filed_parse.h"
#include "store/sandbox.h"

enum { AT_ONCE = 4, CHILD_ARENA = 400 << 20 };

enum mode { READ_FILE = 1, PROBE_LOCKED, PROBE_OPEN_DOORS };

/* To the zygote, with two descriptors: the file and where to write the answer. */
struct ask {
	uint32_t mode, kind;
};

/* From the child, followed by text_n bytes. */
struct answer {
	uint32_t sign, code, pages, cut, can;
	uint32_t text_n;
};

enum { SIGN = 0x31444c46 };

/* answer.code is a place in this table. */
static const char *const codes[] = {
    NULL,
    "file.kind_differs",
    "file.damaged",
    "file.encrypted",
    "file.active",
    "file.embedded",
    "file.too_much",
    "file.unreadable",
};
enum { N_CODES = sizeof(codes) / sizeof(*codes), UNREADABLE = N_CODES - 1 };

struct filed {
	pid_t pid;
	int sock;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int running;
};

static struct err *
no_reader(struct arena *a, const char *what)
{
	return err_new(a, ERR_INTERNAL, "file.no_reader", "%s: %m", what);
}

/* === the child ========================================================================== */

static uint32_t
code_number(const struct err *e)
{
	for (uint32_t i = 1; i < N_CODES; i++)
		if (strcmp(codes[i], e->code) == 0)
			return i;
	return UNREADABLE;
}

static struct err *
read_bytes(struct arena *a, int fd, str *ret)
{
	off_t size = lseek(fd, 0, SEEK_END);
	size_t n = 0;

	if (size < 0)
		return err_new(a, ERR_INVALID, "file.unreadable", "lseek");
	if (size > FILED_FILE_MAX)
		return err_new(a, ERR_INVALID, "file.too_much", "%lld", (long long)size);
	char *p = arena_array(a, char, (size_t)size + 1);
	while (n < (size_t)size) {
		ssize_t k = pread(fd, p + n, (size_t)size - n, (off_t)n);

		if (k <= 0)
			return err_new(a, ERR_INVALID, "file.unreadable", "read");
		n += (size_t)k;
	}
	*ret = (str){p, n};
	return n ? OK : err_new(a, ERR_INVALID, "file.damaged", "empty");
}

static struct err *
read_one(struct arena *a, magic_t magic, enum file_kind kind, int fd, struct filed_text *ret)
{
	str bytes;

	TRY(read_bytes(a, fd, &bytes));
	const char *mime = magic_buffer(magic, bytes.p, bytes.n);
	return filed_parse(a, kind, bytes, str_from_c(mime), ret);
}

static void
child_read(magic_t magic, enum file_kind kind, int fd, int out)
{
	struct arena a;
	struct filed_text t = {0};

	arena_init(&a, CHILD_ARENA);
	struct err *e = read_one(&a, magic, kind, fd, &t);
	struct answer ans = {.sign = SIGN, .code = e ? code_number(e) : 0};
	if (!e) {
		ans.pages = (uint32_t)t.pages;
		ans.cut = t.out.over;
		ans.text_n = (uint32_t)t.out.n;
	}
	if (file_put(out, (str){(const char *)&ans, sizeof(ans)}) && !e)
		file_put(out, buf_str(&t.out));
}

static _Noreturn void
child_run(magic_t magic, const struct ask *q, int fd, int out)
{
	signal(SIGALRM, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	if (q->mode != PROBE_OPEN_DOORS && !sandbox_lock())
		_exit(1);
	if (q->mode == READ_FILE) {
		child_read(magic, (enum file_kind)q->kind, fd, out);
	} else {
		struct answer ans = {.sign = SIGN, .can = sandbox_probe()};

		file_put(out, (str){(const char *)&ans, sizeof(ans)});
	}
	_exit(0);
}

/* === the zygote ========================================================================= */

static bool
receive(int sock, struct ask *q, int fds[2])
{
	union {
		struct cmsghdr h;
		char room[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct iovec v = {q, sizeof(*q)};
	struct msghdr m = {.msg_iov = &v,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control)};
	ssize_t n = recvmsg(sock, &m, MSG_CMSG_CLOEXEC);
	const struct cmsghdr *c = n == sizeof(*q) ? CMSG_FIRSTHDR(&m) : NULL;

	if (!c || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(2 * sizeof(int)))
		return false;
	memcpy(fds, CMSG_DATA(c), 2 * sizeof(int));
	return true;
}

/* Holds the socket and nothing else of what the program has open. */
static void
let_go(int sock)
{
	int null = open("/dev/null", O_RDWR);

	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	if (sock != 3)
		dup2(sock, 3);
	close_range(4, ~0U, 0);
}

static magic_t
warm_up(void)
{
	magic_t m = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR);

	if (!m || magic_load(m, NULL) != 0)
		_exit(1);
	xmlInitParser();
	return m;
}

static _Noreturn void
zygote_run(int sock)
{
	struct ask q;
	int fds[2];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGINT, SIG_IGN); /* ends when the program does: its end of the socket closes */
	signal(SIGTERM, SIG_IGN);
	signal(SIGCHLD, SIG_IGN); /* nobody waits for the children */
	let_go(sock);
	sandbox_isolate();
	magic_t magic = warm_up();
	while (receive(3, &q, fds)) {
		if (fork() == 0) {
			close(3);
			child_run(magic, &q, fds[0], fds[1]);
		}
		close(fds[0]);
		close(fds[1]);
	}
	_exit(0);
}

struct err *
filed_start(struct arena *a, struct filed **ret)
{
	struct filed *f = arena_new(a, struct filed);
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return no_reader(a, "socketpair");
	f->pid = fork();
	if (f->pid < 0)
		return no_reader(a, "fork");
	if (f->pid == 0)
		zygote_run(pair[1]);
	close(pair[1]);
	f->sock = pair[0];
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->changed, NULL);
	*ret = f;
	return OK;
}

void
filed_stop(struct filed *f)
{
	if (!f)
		return;
	close(f->sock);
	waitpid(f->pid, NULL, 0);
	pthread_mutex_destroy(&f->lock);
	pthread_cond_destroy(&f->changed);
}

/* === the program ======================================================================== */

static bool
send_ask(int sock, const struct ask *q, const int fds[2])
{
	union {
		struct cmsghdr h;
		char room[CMSG_SPACE(2 * sizeof(int))];
	} control = {0};
	struct iovec v = {(void *)q, sizeof(*q)};
	struct msghdr m = {.msg_iov = &v,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control)};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(2 * sizeof(int));
	memcpy(CMSG_DATA(c), fds, 2 * sizeof(int));
	return sendmsg(sock, &m, MSG_NOSIGNAL) == sizeof(*q);
}

/* The child's alarm ends the waiting. */
static bool
read_all(int fd, void *p, size_t n)
{
	for (char *c = p; n > 0;) {
		ssize_t k = read(fd, c, n);

		if (k <= 0)
			return false;
		c += k;
		n -= (size_t)k;
	}
	return true;
}

static struct err *
unreadable(struct arena *a, const char *why)
{
	return err_new(a, ERR_INVALID, "file.unreadable", "%s", why);
}

/* The child may have been taken over: nothing it says is believed unchecked. */
static struct err *
take_answer(struct arena *a, int from, struct answer *ans, str *ret_text)
{
	if (!read_all(from, ans, sizeof(*ans)) || ans->sign != SIGN)
		return unreadable(a, "the reader gave up");
	if (ans->code >= N_CODES || ans->text_n > FILED_TEXT_MAX || ans->pages > 100000)
		return unreadable(a, "the reader talks nonsense");
	if (ans->code)
		return err_new(a, ERR_INVALID, codes[ans->code], "said the reader");
	char *text = arena_array(a, char, (size_t)ans->text_n + 1);
	if (!read_all(from, text, ans->text_n))
		return unreadable(a, "the reader stopped");
	*ret_text = (str){text, ans->text_n};
	return utf8_valid(*ret_text) ? OK : unreadable(a, "text is not UTF-8");
}

static void
enter(struct filed *f)
{
	pthread_mutex_lock(&f->lock);
	while (f->running == AT_ONCE)
		pthread_cond_wait(&f->changed, &f->lock);
	f->running++;
	pthread_mutex_unlock(&f->lock);
}

static void
leave(struct filed *f)
{
	pthread_mutex_lock(&f->lock);
	f->running--;
	pthread_cond_signal(&f->changed);
	pthread_mutex_unlock(&f->lock);
}

static struct err *
ask(struct filed *f, struct arena *a, const struct ask *q, int fd, struct answer *ret,
    str *ret_text)
{
	int way[2];
	struct err *e;

	if (pipe2(way, O_CLOEXEC) != 0)
		return no_reader(a, "pipe");
	enter(f);
	bool sent = send_ask(f->sock, q, (int[]){fd, way[1]});
	close(way[1]);
	e = sent ? take_answer(a, way[0], ret, ret_text) : no_reader(a, "ask");
	close(way[0]);
	leave(f);
	return e;
}

struct err *
filed_read(struct filed *f, struct arena *a, int fd, str filename, struct filed_result *ret)
{
	struct filed_result r = {0};
	struct answer ans;

	if (!file_kind_of_name(filename, &r.kind))
		return err_new(a, ERR_INVALID, "file.kind_unknown", STR_FMT, STR_ARG(filename));
	/* the child gets a way to read the file, and none to write it */
	int ro = open(arena_printf(a, "/proc/self/fd/%d", fd), O_RDONLY | O_CLOEXEC);
	if (ro < 0)
		return no_reader(a, "reopen");
	struct err *e =
	    ask(f, a, &(struct ask){READ_FILE, (uint32_t)r.kind}, ro, &ans, &r.text);
	close(ro);
	if (e)
		return e;
	r.content_type = file_kind_content_type(r.kind);
	r.pages = (int)ans.pages;
	r.text_cut = ans.cut != 0;
	*ret = r;
	return OK;
}

struct err *
filed_read_bytes(
    struct filed *f, struct arena *a, str bytes, str filename, struct filed_result *ret)
{
	int fd = memfd_create("upload", MFD_CLOEXEC);

	if (fd < 0)
		return no_reader(a, "memfd");
	struct err *e =
	    file_put(fd, bytes) ? filed_read(f, a, fd, filename, ret) : no_reader(a, "write");
	close(fd);
	return e;
}

struct err *
filed_selftest(struct filed *f, struct arena *a, bool locked, unsigned *ret_can)
{
	struct answer ans;
	str text;
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (null < 0)
		return no_reader(a, "/dev/null");
	struct err *e = ask(f, a, &(struct ask){locked ? PROBE_LOCKED : PROBE_OPEN_DOORS, 0},
	    null, &ans, &text);
	close(null);
	if (!e)
		*ret_can = ans.can;
	return e;
}
