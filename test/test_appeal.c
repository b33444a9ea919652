/* C9: a rejection has a reason, and can be appealed once, to the chair of the body. */
#include "people.h"

#include "core/matter.h"
#include "core/matter_row.h"
#include "held.h"

/* A matter of Moss or another member that the secretariat has rejected. */
static const char *
rejected(struct people *p, const char *contact)
{
	struct result done;

	assert_ok(act(cx_as(p, contact), &done, ACT_MATTER_PROPOSE, "title",
	    "Utskrivning i helg", "summary", "Tekst", "submit", "1"));
	const char *pid = str_to_c(p->a, done.pid);
	assert_ok(act(cx_as(p, "secretary.trust"), &done, ACT_MATTER_RECEIVE, "matter", pid,
	    "rev", number(p, matter_now(p, pid)->rev)));
	assert_ok(act(cx_as(p, "secretary.trust"), &done, ACT_MATTER_REJECT, "matter", pid,
	    "rev", number(p, matter_now(p, pid)->rev), "reason", "Hører til i kommunen"));
	return pid;
}

#define DO(who, action, pid)                                    \
	act(cx_as(p, who), &done, action, "matter", pid, "rev", \
	    number(p, matter_now(p, pid)->rev), "reason", "Fordi den gjelder alle")

static struct answer
post_reason(struct people *p, const char *who, const char *path, const char *pid)
{
	return ask(p, who, "POST", arena_printf(p->a, "/saker/%s/%s", pid, path),
	    arena_printf(p->a, "rev=%s&reason=Fordi", number(p, matter_now(p, pid)->rev)));
}

static void
walk(struct people *p, const char *contact)
{
	struct result done;
	const char *pid = rejected(p, contact);
	const char *page = arena_printf(p->a, "/saker/%s", pid);

	struct answer r = ask(p, "chair", "GET", page, NULL);
	assert_int_equal(r.status, 404); /* not the chair's before somebody appeals */
	r = ask(p, contact, "GET", page, NULL);
	assert_true(says(&r, "Hører til i kommunen"));
	assert_true(says(&r, "Klag på avvisningen"));
	assert_err(DO("chair", ACT_MATTER_ALLOW_APPEAL, pid), "not_found");
	r = post_reason(p, contact, "klag", pid);
	assert_int_equal(r.status, 303);
	r = ask(p, contact, "GET", page, NULL);
	assert_false(says(&r, "Klag på avvisningen")); /* one only */
	assert_err(DO(contact, ACT_MATTER_APPEAL, pid), "matter.already_appealed");
	assert_err(DO("secretary.trust", ACT_MATTER_ARCHIVE, pid), "matter.appeal_open");
	assert_err(DO("secretary.trust", ACT_MATTER_ALLOW_APPEAL, pid), "denied");

	r = ask(p, "chair", "GET", "/min-dag", NULL);
	assert_true(says(&r, "klager på en avvisning"));
	r = ask(p, "chair", "GET", page, NULL);
	assert_true(says(&r, "Ta klagen til følge"));
	r = ask(p, "secretary.trust", "GET", page, NULL);
	assert_false(says(&r, "Ta klagen til følge"));
	r = post_reason(p, "chair", "ta-klage-til-folge", pid);
	assert_int_equal(r.status, 303);
	assert_int_equal(matter_now(p, pid)->state, MATTER_RECEIVED);
	r = ask(p, contact, "GET", "/min-dag", NULL);
	assert_true(says(&r, "Klagen ble tatt til følge"));

	/* rejected once more: the appeal is used */
	assert_ok(DO("secretary.municipal", ACT_MATTER_REJECT, pid));
	assert_err(DO(contact, ACT_MATTER_APPEAL, pid), "matter.already_appealed");
	assert_err(DO("chair", ACT_MATTER_ALLOW_APPEAL, pid), "matter.not_appealed");
}

static void
the_chair_takes_it_in(void **state)
{
	struct people *p = *state;

	walk(p, "contact.halden");
}

static void
the_chair_takes_it_in_elsewhere(void **state)
{
	struct people *p = *state;

	walk(p, "contact.baerum");
}

static void
the_chair_lets_it_stand(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = rejected(p, "contact.halden");

	assert_ok(DO("contact.halden", ACT_MATTER_APPEAL, pid));
	assert_ok(DO("chair", ACT_MATTER_DISMISS_APPEAL, pid));
	assert_int_equal(matter_now(p, pid)->state, MATTER_REJECTED);
	struct answer r = ask(p, "contact.halden", "GET", "/min-dag", NULL);
	assert_true(says(&r, "Avvisningen ble stående"));
	r = ask(p, "chair", "GET", "/min-dag", NULL);
	assert_false(says(&r, "klager på en avvisning"));
	assert_err(DO("chair", ACT_MATTER_ALLOW_APPEAL, pid), "matter.not_appealed");
	assert_ok(DO("secretary.trust", ACT_MATTER_ARCHIVE, pid));
}

static bool
is_listed(struct people *p, const char *who, const char *pid)
{
	struct answer r = ask(p, who, "GET", "/saker", NULL);
	bool listed = says(&r, pid);

	r = ask(p, who, "GET", arena_printf(p->a, "/saker/%s", pid), NULL);
	assert_int_equal(r.status, listed ? 200 : 404);
	return listed;
}

/* C1: a draft is its party's own, whoever had seen it before it was sent back. Those whose
 * matter went into it follow it again when it is sent in. */
static void
what_is_sent_back_is_closed(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = rejected(p, "contact.halden");

	assert_ok(act(cx_as(p, "contact.moss"), &done, ACT_MATTER_PROPOSE, "title",
	    "Ventetid i mottaket", "summary", "Tekst", "submit", "1"));
	const char *other = str_to_c(p->a, done.pid);
	assert_ok(DO("secretary.trust", ACT_MATTER_RECEIVE, other));
	assert_ok(DO("contact.halden", ACT_MATTER_APPEAL, pid));
	assert_ok(DO("chair", ACT_MATTER_ALLOW_APPEAL, pid));
	assert_ok(act(cx_as(p, "secretary.trust"), &done, ACT_MATTER_JOIN, "matter", other,
	    "rev", number(p, matter_now(p, other)->rev), "into", pid, "reason", "Samme sak"));
	assert_true(is_listed(p, "chair", pid));
	assert_true(is_listed(p, "contact.moss", pid));
	assert_ok(DO("secretary.trust", ACT_MATTER_SEND_BACK, pid));
	assert_false(is_listed(p, "chair", pid));
	assert_false(is_listed(p, "contact.moss", pid));
	assert_false(is_listed(p, "secretary.trust", pid));
	assert_true(is_listed(p, "contact.halden", pid));
	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_SUBMIT, "matter", pid,
	    "rev", number(p, matter_now(p, pid)->rev), "title", "Utskrivning i helg", "summary",
	    "Nå"));
	assert_true(is_listed(p, "contact.moss", pid));
	assert_true(is_listed(p, "secretary.trust", pid));
	assert_false(is_listed(p, "chair", pid));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(the_chair_takes_it_in),
	    WITH_VESTRE_VIKEN(the_chair_takes_it_in_elsewhere),
	    WITH_OSTFOLD(the_chair_lets_it_stand),
	    WITH_OSTFOLD(what_is_sent_back_is_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
