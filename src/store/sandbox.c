#include "store/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0 /* 1: the sanitizer's shadow memory is terabytes of address space */
#endif

static bool
limit(int what, rlim_t n)
{
	return setrlimit(what, &(struct rlimit){n, n}) == 0;
}

/* No rule is added, so no path is allowed. */
static void
forbid_paths(void)
{
	const struct landlock_ruleset_attr all = {
	    .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
	};
	int fd = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);

	if (fd < 0)
		return;
	syscall(SYS_landlock_restrict_self, fd, 0);
	close(fd);
}

static bool
allow_data_memory_only(scmp_filter_ctx f)
{
	const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);

	return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code) == 0 &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code) == 0;
}

static bool
filter_calls(void)
{
	static const int allowed[] = {
	    SCMP_SYS(read),
	    SCMP_SYS(pread64),
	    SCMP_SYS(write),
	    SCMP_SYS(lseek),
	    SCMP_SYS(fstat),
	    SCMP_SYS(close),
	    SCMP_SYS(munmap),
	    SCMP_SYS(mremap),
	    SCMP_SYS(madvise),
	    SCMP_SYS(brk),
	    SCMP_SYS(futex),
	    SCMP_SYS(sched_yield),
	    SCMP_SYS(clock_gettime),
	    SCMP_SYS(gettimeofday),
	    SCMP_SYS(getrandom),
	    SCMP_SYS(getpid),
	    SCMP_SYS(gettid),
	    SCMP_SYS(rt_sigreturn),
	    SCMP_SYS(rt_sigprocmask),
	    SCMP_SYS(restart_syscall),
	    SCMP_SYS(exit),
	    SCMP_SYS(exit_group),
	};
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool ok = f != NULL;

	for (unsigned i = 0; ok && i < sizeof(allowed) / sizeof(*allowed); i++)
		ok = seccomp_rule_add(f, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
	ok = ok && allow_data_memory_only(f) && seccomp_load(f) == 0;
	if (f)
		seccomp_release(f);
	return ok;
}

bool
sandbox_lock(void)
{
	alarm(SANDBOX_WALL_S);
	if (!limit(RLIMIT_CPU, SANDBOX_CPU_S) || !limit(RLIMIT_FSIZE, 0) ||
	    !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NPROC, 0) ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
	if (!SANITIZED && !limit(RLIMIT_AS, SANDBOX_MEMORY_BYTES))
		return false;
	forbid_paths();
	return limit(RLIMIT_NOFILE, 0) && filter_calls();
}

void
sandbox_isolate(void)
{
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) != 0)
		(void)errno; /* a second fence only */
}

/* --- does it hold ----------------------------------------------------------------------- */

static bool
denied(long r)
{
	return r < 0 && (errno == EPERM || errno == EACCES || errno == EMFILE);
}

static bool
can_fork(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid > 0;
}

unsigned
sandbox_probe(void)
{
	char *none[] = {NULL};
	unsigned can = 0;

	if (!denied(open("/etc/passwd", O_RDONLY)))
		can |= PROBE_OPEN;
	if (!denied(socket(AF_INET, SOCK_STREAM, 0)))
		can |= PROBE_SOCKET;
	if (!denied(execve("/no/such/program", none, none)))
		can |= PROBE_EXEC;
	if (can_fork())
		can |= PROBE_FORK;
	if (!denied(ptrace(PTRACE_TRACEME, 0, NULL, NULL)))
		can |= PROBE_TRACE;
	if (mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
	    MAP_FAILED)
		can |= PROBE_CODE;
	if (!denied(kill(getppid(), 0)))
		can |= PROBE_SIGNAL;
	return can;
}
