/* The case document, through its use cases and pages (domain.md 3.1: C3 to C15; R076 to R078,
 * R088). */
#include "people.h"
#include "thread.h"

#include "app/attachment.h"
#include "app/day.h"
#include "app/document.h"
#include "app/matter.h"
#include "base/hex.h"
#include "base/sha.h"
#include "core/document.h"
#include "q_people.h"
#include "store/filed.h"
#include "store/verify.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static struct filed *reader; /* started before a test starts a thread */

#define MUNI  "secretary.municipal"
#define TRUST "secretary.trust"

/* --- on the way ------------------------------------------------------------------------- */

static struct matter *
matter_of(struct people *p, const char *pid)
{
	struct object object;
	struct matter *m;

	assert_ok(matter_load(cx_as(p, MUNI), str_from_c(pid), &m, &object));
	return m;
}

static const char *
rev_of(struct people *p, const char *pid)
{
	return arena_printf(p->a, "%lld", (long long)matter_of(p, pid)->rev);
}

static int64_t
state_of(struct people *p, const char *pid)
{
	return matter_of(p, pid)->state;
}

#define DO(key, action, pid, ...)                                     \
	act(cx_as(p, (key)), &done, (action), "matter", (pid), "rev", \
	    rev_of(p, (pid)) __VA_OPT__(, ) __VA_ARGS__)

static const char *
received(struct people *p)
{
	struct result done;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Utskrivning i helg", "summary", "Ingen tar imot på lørdager.", "submit", "1"));
	const char *pid = str_to_c(p->a, done.pid);
	assert_ok(DO(MUNI, ACT_MATTER_RECEIVE, pid));
	return pid;
}

static const char *
body_pid(struct people *p, const char *key)
{
	return str_to_c(p->a, body_pid_of(p, key));
}

static const char *
person_pid_of(struct people *p, const char *key)
{
	return str_to_c(p->a, person_of(p, key)->pid);
}

#define TRIAGE(p, body, ...)                                                               \
	"type", "decision", "scope", "whole_area", "consequence", "professional", "topic", \
	    "other", "body", body_pid((p), (body)), "round", "no", "round_reason",         \
	    "Haster." __VA_OPT__(, ) __VA_ARGS__

static const char *
triaged(struct people *p)
{
	const char *pid = received(p);
	struct result done;

	assert_ok(DO(MUNI, ACT_MATTER_TRIAGE, pid, TRIAGE(p, "ssu")));
	return pid;
}

static const char *
in_preparation(struct people *p)
{
	const char *pid = triaged(p);
	struct result done;

	assert_ok(DO(MUNI, ACT_MATTER_ASSIGN, pid, "municipal",
	    person_pid_of(p, "contact.moss"), "trust", person_pid_of(p, TRUST)));
	assert_ok(DO(TRUST, ACT_MATTER_START, pid));
	return pid;
}

#define EDIT(key, pid, kind, rev, words)                                                 \
	act(cx_as(p, (key)), &done, ACT_MATTER_EDIT, "matter", (pid), "section", (kind), \
	    "rev", (rev), "text", (words))
#define SNAPSHOT(key, pid) act(cx_as(p, (key)), &done, ACT_MATTER_SNAPSHOT, "matter", (pid))
#define SIGN(key, pid, no) \
	act(cx_as(p, (key)), &done, ACT_MATTER_SIGN_OFF, "matter", (pid), "version", (no))

static void
write_all_parts(struct people *p, const char *pid)
{
	struct result done;

	assert_ok(EDIT("contact.moss", pid, "background", "", "Slik er det."));
	assert_ok(EDIT("contact.moss", pid, "municipal", "", "Få på vakt."));
	assert_ok(EDIT(TRUST, pid, "trust", "", "Fulle senger."));
	assert_ok(EDIT(TRUST, pid, "patient", "", "Lang ventetid."));
	assert_ok(EDIT(MUNI, pid, "professional", "", "Tryggere overgang."));
	assert_ok(EDIT(MUNI, pid, "proposal", "", "1. Varsle torsdag.\n2. Svare fredag."));
}

static const char *
checked(struct people *p)
{
	const char *pid = in_preparation(p);
	struct result done;

	write_all_parts(p, pid);
	assert_ok(SNAPSHOT(MUNI, pid));
	assert_ok(DO(TRUST, ACT_MATTER_CHECK, pid));
	return pid;
}

static struct document
document_of(struct people *p, const char *pid)
{
	struct document d;

	assert_ok(document_load(cx_as(p, MUNI), matter_of(p, pid), &d));
	return d;
}

/* --- triage and authors ----------------------------------------------------------------- */

static void
c5_c7_the_charter_decides_where_matters_go(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = received(p);
	struct cx *cx = cx_as(p, MUNI);
	int64_t before = entries(p);

	assert_err(
	    DO(MUNI, ACT_MATTER_TRIAGE, pid,
		TRIAGE(p, "fsu", "topic", "other", "consequence", "economic", "larger", "1")),
	    "matter.principle_elsewhere");
	assert_err(act(cx, &done, ACT_MATTER_TRIAGE, "matter", pid, "rev", rev_of(p, pid),
		       "type", "decision", "scope", "whole_area", "consequence", "professional",
		       "topic", "direction", "body", body_pid(p, "ssu"), "round", "yes"),
	    "matter.topic_elsewhere");
	assert_err(act(cx, &done, ACT_MATTER_TRIAGE, "matter", pid, "rev", rev_of(p, pid),
		       "type", "decision", "scope", "whole_area", "consequence", "professional",
		       "topic", "other", "body", body_pid(p, "ssu"), "round", "no"),
	    "input");
	assert_string_equal(fault_of(cx, "round_reason"), "input.required");
	assert_int_equal(entries(p), before);
	assert_int_equal(state_of(p, pid), MATTER_RECEIVED);
	assert_err(DO("contact.halden", ACT_MATTER_TRIAGE, pid, TRIAGE(p, "ssu")), "denied");
	assert_ok(DO(TRUST, ACT_MATTER_TRIAGE, pid, TRIAGE(p, "ssu")));
	assert_int_equal(state_of(p, pid), MATTER_TRIAGED);
}

static void
c4_a_barred_body_needs_a_reason(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid, *lsu = NULL;

	for (size_t i = 0; i < p->charter->n_bodies; i++)
		if (p->charter->bodies[i].kind == BODY_LOCAL && !lsu)
			lsu = str_to_c(p->a, p->charter->bodies[i].key);
	assert_non_null(lsu);
	assert_ok(act(cx_as(p, MUNI), &done, ACT_MATTER_PROPOSE, "title", "Utskrivning i helg",
	    "summary", "Tekst.", "submit", "1"));
	pid = str_to_c(p->a, done.pid);
	assert_ok(DO(MUNI, ACT_MATTER_RECEIVE, pid));
	struct cx *cx = cx_as(p, MUNI);
	assert_err(act(cx, &done, ACT_MATTER_TRIAGE, "matter", pid, "rev", rev_of(p, pid),
		       TRIAGE(p, lsu)),
	    "input");
	assert_string_equal(fault_of(cx, "override_reason"), "matter.barred");
	assert_ok(DO(MUNI, ACT_MATTER_TRIAGE, pid,
	    TRIAGE(p, lsu, "override_reason", "Prøves i ett område først.")));
}

static void
r076_one_author_from_each_side_or_a_recorded_reason(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = triaged(p), *moss = person_pid_of(p, "contact.moss");
	struct cx *cx = cx_as(p, MUNI);

	assert_err(act(cx, &done, ACT_MATTER_ASSIGN, "matter", pid, "rev", rev_of(p, pid),
		       "municipal", moss, "trust", moss),
	    "input");
	assert_string_equal(fault_of(cx, "trust"), "matter.author_other_side");
	assert_err(act(cx, &done, ACT_MATTER_ASSIGN, "matter", pid, "rev", rev_of(p, pid),
		       "municipal", moss),
	    "input");
	assert_string_equal(fault_of(cx, "trust"), "matter.authors_missing");
	assert_err(DO(MUNI, ACT_MATTER_START, pid), "matter.authors_missing");
	assert_int_equal(
	    ask(p, "contact.moss", "GET", arena_printf(p->a, "/saker/%s", pid), NULL).status,
	    404);
	assert_ok(DO(MUNI, ACT_MATTER_ASSIGN, pid, "municipal", moss, "exemption",
	    "Sykehuset har ingen ledig."));
	assert_int_equal(
	    ask(p, "contact.moss", "GET", arena_printf(p->a, "/saker/%s", pid), NULL).status,
	    200);
	assert_ok(DO(MUNI, ACT_MATTER_START, pid));
	/* whoever writes no longer sees no longer */
	assert_ok(DO(MUNI, ACT_MATTER_ASSIGN, pid, "municipal",
	    person_pid_of(p, "contact.rakkestad"), "trust", person_pid_of(p, TRUST)));
	assert_int_equal(
	    ask(p, "contact.moss", "GET", arena_printf(p->a, "/saker/%s", pid), NULL).status,
	    404);
}

/* --- writing ---------------------------------------------------------------------------- */

static void
a_side_writes_its_own_perspective_and_all_write_the_rest(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = in_preparation(p);
	int64_t before = entries(p);

	assert_err(EDIT(TRUST, pid, "municipal", "", "Vi vet best."), "document.other_side");
	assert_err(EDIT("contact.moss", pid, "trust", "", "Vi òg."), "document.other_side");
	assert_err(EDIT("contact.halden", pid, "background", "", "Tekst"), "denied");
	assert_err(EDIT("contact.rakkestad", pid, "background", "", "Tekst"), "not_found");
	assert_int_equal(entries(p), before);
	assert_ok(EDIT("contact.moss", pid, "background", "", "Tekst"));
	assert_ok(EDIT(TRUST, pid, "background", "1", "Bedre tekst"));
	assert_int_equal(entries(p), before + 2);
	struct document d = document_of(p, pid);
	assert_str(d.section[SECTION_BACKGROUND].text, "Bedre tekst");
	assert_int_equal(d.section[SECTION_BACKGROUND].rev, 2);
}

static void
two_who_write_at_once_lose_nothing(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = in_preparation(p);
	const char *path = arena_printf(p->a, "/saker/%s/rediger/bakgrunn", pid);

	assert_ok(EDIT(MUNI, pid, "background", "", "Felles tekst om helg."));
	assert_err(EDIT(TRUST, pid, "background", "", "Min tekst"), "document.section_changed");
	assert_err(
	    EDIT(TRUST, pid, "background", "7", "Min tekst"), "document.section_changed");
	struct answer r =
	    ask(p, TRUST, "POST", path, "section=background&rev=&text=Felles+tekst+om+ferie.");
	assert_int_equal(r.status, 409);
	assert_true(says(&r, "<del>helg</del>"));
	assert_true(says(&r, "<ins>ferie</ins>"));
	assert_true(says(&r, ">Felles tekst om ferie.</textarea>"));
	assert_true(says(&r, "name=\"rev\" value=\"1\""));
	assert_str(
	    document_of(p, pid).section[SECTION_BACKGROUND].text, "Felles tekst om helg.");
	r = ask(p, TRUST, "POST", path, "section=background&rev=1&text=Felles+tekst+om+ferie.");
	assert_int_equal(r.status, 303);
	assert_str(
	    document_of(p, pid).section[SECTION_BACKGROUND].text, "Felles tekst om ferie.");
}

static void
an_identity_number_is_refused_and_the_text_kept(void **state)
{
	struct people *p = *state;
	const char *pid = in_preparation(p);
	const char *path = arena_printf(p->a, "/saker/%s/rediger/pasient", pid);
	int64_t before = entries(p);
	struct answer r = ask(
	    p, TRUST, "POST", path, "section=patient&rev=&text=Pasienten+01010050053+ventet.");

	assert_int_equal(r.status, 422);
	assert_true(says(&r, "01010050053 ventet.</textarea>"));
	assert_int_equal(entries(p), before);
}

/* --- the gate --------------------------------------------------------------------------- */

static void
c11_the_gate_wants_every_perspective_and_heading_in_a_version(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = in_preparation(p);

	assert_err(SNAPSHOT(MUNI, pid), "document.empty");
	assert_err(DO(MUNI, ACT_MATTER_CHECK, pid), "matter.not_lit");
	assert_ok(EDIT(MUNI, pid, "municipal", "", "Tekst"));
	assert_ok(EDIT(TRUST, pid, "trust", "", "Tekst"));
	assert_ok(EDIT(TRUST, pid, "patient", "", " - \n "));
	assert_err(DO(MUNI, ACT_MATTER_CHECK, pid), "matter.not_lit");
	assert_err(DO(MUNI, ACT_MATTER_CHECK, pid, "exemption", "Gjelder ikke pasienter."),
	    "matter.template_incomplete");
	assert_ok(EDIT(TRUST, pid, "patient", "1", "Tekst"));
	assert_ok(EDIT(TRUST, pid, "background", "", "Tekst"));
	assert_ok(EDIT(TRUST, pid, "professional", "", "Tekst"));
	assert_err(DO(MUNI, ACT_MATTER_CHECK, pid), "matter.template_incomplete");
	assert_ok(EDIT(TRUST, pid, "proposal", "", "Tekst"));
	assert_err(DO(MUNI, ACT_MATTER_CHECK, pid), "matter.no_version");
	assert_ok(SNAPSHOT("contact.moss", pid));
	assert_err(SNAPSHOT(MUNI, pid), "document.nothing_new");
	assert_ok(EDIT(TRUST, pid, "proposal", "1", "Annen tekst"));
	assert_err(DO(MUNI, ACT_MATTER_CHECK, pid), "matter.changed_since_version");
	assert_ok(SNAPSHOT(MUNI, pid));
	assert_err(DO("contact.moss", ACT_MATTER_CHECK, pid), "denied");
	assert_err(
	    act(cx_as(p, MUNI), &done, ACT_MATTER_CHECK, "matter", pid, "rev", "1"), "changed");
	assert_ok(DO(MUNI, ACT_MATTER_CHECK, pid));
	assert_int_equal(state_of(p, pid), MATTER_QUALITY_CHECKED);
	assert_err(EDIT(MUNI, pid, "background", "1", "Mer"), "matter.wrong_state");
}

static void
c15_both_sides_sign_the_same_version_and_nobody_twice(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = checked(p);
	int64_t before = entries(p);

	assert_err(SIGN("contact.moss", pid, "1"), "denied");
	assert_err(SIGN(MUNI, pid, "2"), "document.other_version");
	assert_int_equal(entries(p), before);
	assert_ok(SIGN(MUNI, pid, "1"));
	assert_err(SIGN(MUNI, pid, "1"), "matter.already_signed");
	assert_err(
	    DO(MUNI, ACT_MATTER_SKIP_ROUND, pid, "reason", "Haster."), "matter.not_signed");
	/* a change takes the matter back, and needs a new version and new signatures */
	assert_ok(DO(TRUST, ACT_MATTER_REWORK, pid, "reason", "Tallene er nye."));
	assert_ok(EDIT(TRUST, pid, "background", "1", "Nye tall."));
	assert_ok(SNAPSHOT(TRUST, pid));
	assert_ok(DO(TRUST, ACT_MATTER_CHECK, pid));
	assert_err(SIGN(TRUST, pid, "1"), "document.other_version");
	assert_ok(SIGN(TRUST, pid, "2"));
	assert_err(
	    DO(MUNI, ACT_MATTER_SKIP_ROUND, pid, "reason", "Haster."), "matter.not_signed");
	assert_ok(SIGN(MUNI, pid, "2"));
	assert_err(DO(MUNI, ACT_MATTER_SKIP_ROUND, pid, "reason", ""), "input");
	assert_ok(DO(MUNI, ACT_MATTER_SKIP_ROUND, pid, "reason", "Haster."));
	assert_int_equal(state_of(p, pid), MATTER_READY);
	assert_int_equal(matter_of(p, pid)->ready_version_no, 2);
	assert_err(EDIT(MUNI, pid, "background", "2", "Mer"), "matter.wrong_state");
}

static void
one_person_of_both_sides_signs_once(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = checked(p);
	struct cx *cx = cx_as(p, MUNI);

	assert_ok(SIGN(MUNI, pid, "1"));
	/* the same person acts for the trust */
	struct cx *other = cx_as(p, TRUST);
	struct actor both = *other->actor;
	both.person_id = cx->actor->person_id;
	both.person_pid = cx->actor->person_pid;
	other->actor = &both;
	assert_err(act(other, &done, ACT_MATTER_SIGN_OFF, "matter", pid, "version", "1"),
	    "matter.same_signer");
}

static void
c13_a_required_round_is_not_skipped(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = received(p);

	assert_ok(DO(MUNI, ACT_MATTER_TRIAGE, pid, "type", "decision", "scope", "whole_area",
	    "consequence", "professional", "topic", "other", "body", body_pid(p, "ssu"),
	    "round", "yes"));
	assert_ok(DO(MUNI, ACT_MATTER_ASSIGN, pid, "municipal",
	    person_pid_of(p, "contact.moss"), "trust", person_pid_of(p, TRUST)));
	assert_ok(DO(TRUST, ACT_MATTER_START, pid));
	write_all_parts(p, pid);
	assert_ok(SNAPSHOT(MUNI, pid));
	assert_ok(DO(TRUST, ACT_MATTER_CHECK, pid));
	assert_ok(SIGN(MUNI, pid, "1"));
	assert_ok(SIGN(TRUST, pid, "1"));
	assert_err(
	    DO(MUNI, ACT_MATTER_SKIP_ROUND, pid, "reason", "Haster."), "matter.round_required");
}

/* --- versions --------------------------------------------------------------------------- */

static void
versions_stand_and_their_differences_show(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = in_preparation(p);
	struct version v;

	assert_ok(EDIT(MUNI, pid, "background", "", "Helg og natt."));
	assert_ok(SNAPSHOT(MUNI, pid));
	assert_ok(EDIT(MUNI, pid, "background", "1", "Helg og dag."));
	assert_ok(SNAPSHOT(MUNI, pid));
	assert_ok(version_load(cx_as(p, MUNI), matter_of(p, pid), 1, &v));
	assert_str(v.text[SECTION_BACKGROUND], "Helg og natt.");
	assert_err(version_load(cx_as(p, MUNI), matter_of(p, pid), 3, &v), "not_found");
	struct answer r = ask(
	    p, TRUST, "GET", arena_printf(p->a, "/saker/%s/versjoner?fra=1&til=2", pid), NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "<del>natt</del>") && says(&r, "<ins>dag</ins>"));
	r = ask(p, TRUST, "GET", arena_printf(p->a, "/saker/%s/versjoner/1", pid), NULL);
	assert_true(says(&r, "Helg og natt."));
	r = ask(p, "contact.rakkestad", "GET", arena_printf(p->a, "/saker/%s/versjoner", pid),
	    NULL);
	assert_int_equal(r.status, 404);
	r = ask_api(p, TRUST, "GET", arena_printf(p->a, "/matters/%s/versions/1", pid), NULL);
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Helg og natt."));
	r = ask_api(p, TRUST, "GET", arena_printf(p->a, "/matters/%s", pid), NULL);
	assert_true(says(&r, "\"state\": \"in_preparation\"") ||
		    says(&r, "\"state\":\"in_preparation\""));
	r = ask_api(
	    p, "contact.rakkestad", "GET", arena_printf(p->a, "/matters/%s", pid), NULL);
	assert_int_equal(r.status, 404);
	r = ask_api(p, "contact.rakkestad", "GET", "/matters", NULL);
	assert_int_equal(r.status, 200);
	assert_false(says(&r, pid));
}

static void
a_hash_tells_documents_apart(void **state)
{
	struct arena *a = ((struct people *)*state)->a;
	struct section_text one[] = {{SECTION_BACKGROUND, S("a")}, {SECTION_TRUST, S("b")}};
	struct section_text two[] = {{SECTION_BACKGROUND, S("a")}, {SECTION_PATIENT, S("b")}};
	struct section_text none[] = {{SECTION_BACKGROUND, S("a")}, {SECTION_TRUST, S("")}};
	struct attached file = {S("x"), S("y")};
	str h = document_hash(a, S("t"), one, 2, NULL, 0);

	assert_int_equal(h.n, 64);
	assert_false(str_eq(h, document_hash(a, S("t"), two, 2, NULL, 0)));
	assert_false(str_eq(h, document_hash(a, S("u"), one, 2, NULL, 0)));
	assert_false(str_eq(h, document_hash(a, S("t"), one, 2, &file, 1)));
	assert_true(str_eq(document_hash(a, S("t"), one, 1, NULL, 0),
	    document_hash(a, S("t"), none, 2, NULL, 0)));
}

/* --- comments --------------------------------------------------------------------------- */

static void
r068_comments_are_made_and_dealt_with(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = in_preparation(p);

	assert_err(act(cx_as(p, "contact.rakkestad"), &done, ACT_MATTER_COMMENT, "matter", pid,
		       "text", "Hei"),
	    "not_found");
	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_COMMENT, "matter", pid,
	    "section", "proposal", "text", "Torsdag er for sent."));
	const char *comment = str_to_c(p->a, done.location);
	assert_err(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_SETTLE, "matter", pid,
		       "comment", comment),
	    "denied");
	struct answer r = ask(p, MUNI, "GET", arena_printf(p->a, "/saker/%s", pid), NULL);
	assert_true(says(&r, "Torsdag er for sent."));
	assert_true(says(&r, "Gjelder: Forslag til vedtak · "));
	assert_ok(
	    act(cx_as(p, TRUST), &done, ACT_MATTER_SETTLE, "matter", pid, "comment", comment));
	assert_err(
	    act(cx_as(p, MUNI), &done, ACT_MATTER_SETTLE, "matter", pid, "comment", comment),
	    "document.comment_settled");
	assert_err(act(cx_as(p, MUNI), &done, ACT_MATTER_SETTLE, "matter", pid, "comment",
		       "0123456789abcdef"),
	    "not_found");
	r = ask_api(
	    p, "contact.halden", "GET", arena_printf(p->a, "/matters/%s/comments", pid), NULL);
	assert_true(says(&r, "Torsdag er for sent."));
}

/* However many there are, the matter is shown: those that wait, and the latest. */
static void
more_comments_than_are_shown(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = in_preparation(p);
	str first;

	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_COMMENT, "matter", pid,
	    "text", "Den som venter."));
	first = str_copy(p->a, done.location);
	assert_ok(db_script(p->w->db, p->a,
	    "WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 202) "
	    "INSERT INTO comment (pid, matter_id, kind, version_no, text, at, person_id, "
	    "party_id, done_at) SELECT '000000000000' || (1000 + i), matter_id, kind, "
	    "version_no, "
	    "'Nummer ' || i || '.', at + i, person_id, party_id, 1 FROM comment, k"));
	struct document d = document_of(p, pid);
	assert_int_equal(d.n_comments, 200);
	assert_int_equal(d.comments_in_all, 203);
	assert_str(d.comments[0].pid, str_to_c(p->a, first));
	assert_str(d.comments[1].text, "Nummer 4.");
	struct answer r = ask(p, MUNI, "GET", arena_printf(p->a, "/saker/%s", pid), NULL);
	assert_true(says(&r, "Nummer 202."));
	assert_false(says(&r, "Nummer 3."));
	assert_true(says(&r, "3 kommentarer til vises ikke her."));
	assert_true(says(&r, "?kommentarer=alle#h-kommentarer"));
	r = ask_api(p, MUNI, "GET", arena_printf(p->a, "/matters/%s/comments", pid), NULL);
	assert_true(says(&r, "\"comments_in_all\":203"));
	assert_true(says(&r, "Nummer 199.") && !says(&r, "Nummer 200."));
	r = ask_api(p, MUNI, "GET",
	    arena_printf(p->a, "/matters/%s/comments?after=00000000000001199", pid), NULL);
	assert_int_equal(r.status, 422);
	r = ask_api(p, MUNI, "GET",
	    arena_printf(p->a, "/matters/%s/comments?after=0000000000001199", pid), NULL);
	assert_true(says(&r, "Nummer 202.") && !says(&r, "Nummer 199."));
	/* all of them, in their order */
	r = ask(p, MUNI, "GET", arena_printf(p->a, "/saker/%s?kommentarer=alle", pid), NULL);
	assert_true(says(&r, "Nummer 199.") && !says(&r, "Nummer 200."));
	assert_true(says(&r, "?kommentarer=0000000000001199#h-kommentarer"));
	r = ask(p, MUNI, "GET",
	    arena_printf(p->a, "/saker/%s?kommentarer=0000000000001199", pid), NULL);
	assert_true(says(&r, "Nummer 202.") && !says(&r, "Nummer 199."));
	assert_false(says(&r, "?kommentarer="));
}

/* --- attachments ------------------------------------------------------------------------ */

static struct err *
attach(struct people *p, const char *key, const char *pid, const char *name, str bytes,
    struct result *ret)
{
	struct sha256 hash = sha256(bytes);
	str names[] = {S("file")}, values[] = {str_from_c(name)}, arg[] = {str_from_c(pid)};
	struct upload up = {.name = str_from_c(name),
	    .fd = memfd_create("x", 0),
	    .n = (int64_t)bytes.n,
	    .sha256_hex = sha256_hex(p->a, &hash)};
	struct given g = {names, values, &up, 1};

	assert_int_equal(write(up.fd, bytes.p, bytes.n), bytes.n);
	struct cx *cx = cx_as(p, key);
	p->house.filed = reader;
	cx->house = &p->house;
	*cx->faults = (struct faults){0};
	struct err *e =
	    usecase_perform(cx, usecase_find(ACT_MATTER_ATTACH), &g, arg, S(""), ret);
	if (e && cx->faults->n)
		e->code = cx->faults->v[0].code;
	close(up.fd);
	return e;
}

static void
files_come_back_as_they_came(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = in_preparation(p);
	str long_text = {arena_array(p->a, char, 200000), 200000};
	struct attachment_line t;
	str type;
	int fd;

	memset((char *)long_text.p, 'a', long_text.n);
	for (size_t i = 99; i < long_text.n; i += 100)
		((char *)long_text.p)[i] = '\n';
	assert_ok(attach(p, TRUST, pid, "tall.txt", long_text, &done));
	str file = str_copy(p->a, done.location);
	assert_ok(attachment_fetch(cx_as(p, MUNI), matter_of(p, pid), file, &t, &type, &fd));
	assert_int_equal(t.bytes, 200000);
	assert_str(type, "text/plain; charset=utf-8");
	char *back = arena_array(p->a, char, 200000);
	assert_int_equal(pread(fd, back, 200000, 0), 200000);
	assert_memory_equal(back, long_text.p, 200000);
	close(fd);
	struct answer r = ask(p, "contact.halden", "GET",
	    arena_printf(p->a, "/saker/%s/vedlegg/%s", pid, str_to_c(p->a, file)), NULL);
	assert_int_equal(r.status, 200);
	r = ask(p, "contact.rakkestad", "GET",
	    arena_printf(p->a, "/saker/%s/vedlegg/%s", pid, str_to_c(p->a, file)), NULL);
	assert_int_equal(r.status, 404);
	/* a version commits to the files too */
	assert_ok(EDIT(TRUST, pid, "background", "", "Tekst"));
	assert_ok(SNAPSHOT(TRUST, pid));
	assert_false(document_of(p, pid).is_changed);
	assert_err(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_DETACH, "matter", pid,
		       "attachment", str_to_c(p->a, file)),
	    "denied");
	assert_ok(act(cx_as(p, MUNI), &done, ACT_MATTER_DETACH, "matter", pid, "attachment",
	    str_to_c(p->a, file)));
	assert_true(document_of(p, pid).is_changed);
	assert_err(act(cx_as(p, MUNI), &done, ACT_MATTER_DETACH, "matter", pid, "attachment",
		       str_to_c(p->a, file)),
	    "not_found");
	assert_err(attachment_fetch(cx_as(p, MUNI), matter_of(p, pid), file, &t, &type, &fd),
	    "not_found");
}

static void
files_with_identity_numbers_or_of_other_kinds_are_refused(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = in_preparation(p);
	int64_t before = entries(p);

	assert_err(attach(p, TRUST, pid, "liste.txt", S("Pasient 01010050053\n"), &done),
	    "attachment.identity_number");
	assert_err(attach(p, TRUST, pid, "liste.csv", S("navn;nr\nPer;1010050053\n"), &done),
	    "attachment.identity_number"); /* as a spreadsheet writes it: without its 0 */
	assert_err(attach(p, TRUST, pid, "liste.exe", S("MZ"), &done), "file.kind_unknown");
	assert_err(attach(p, TRUST, pid, "liste.pdf", S("tekst"), &done), "file.kind_differs");
	assert_err(attach(p, "contact.halden", pid, "liste.txt", S("tekst"), &done), "denied");
	assert_err(
	    attach(p, "contact.rakkestad", pid, "liste.txt", S("tekst"), &done), "not_found");
	assert_int_equal(entries(p), before);
	assert_int_equal(document_of(p, pid).n_attachments, 0);
}

/* One request that has less memory (ADR 3) than the six files of the test below have text. */
enum { LITTLE_MEMORY = 22 << 20 };

static struct answer
get_in_a_request(struct people *p, const char *path)
{
	struct arena *all = p->a, own;

	(void)ask(p, MUNI, "GET", "/", NULL); /* the session is made, and kept, before */
	arena_init(&own, LITTLE_MEMORY);
	p->a = &own;
	struct answer r = ask(p, MUNI, "GET", path, NULL);
	p->a = all;
	r.body = str_copy(p->a, r.body);
	arena_finish(&own);
	return r;
}

/* Files with as much text as there may be in one. */
static void
much_text_in_files_fells_nothing(void **state)
{
	struct people *p = *state;
	struct arena *all = p->a, own;
	struct result done;
	const char *pid = in_preparation(p);
	str text = {arena_array(p->a, char, 4 << 20), (4 << 20) - 64};

	for (size_t i = 0; i < text.n; i++)
		((char *)text.p)[i] = "ordet\n"[i % 6];
	(void)cx_as(p, TRUST);
	for (int i = 0; i < 6; i++) {
		arena_init(&own, 64 << 20);
		p->a = &own;
		assert_ok(
		    attach(p, TRUST, pid, arena_printf(p->a, "vedlegg%d.txt", i), text, &done));
		p->a = all;
		arena_finish(&own);
	}
	assert_int_equal(get_in_a_request(p, "/journal").status, 200);
	struct answer r = get_in_a_request(p, arena_printf(p->a, "/saker/%s", pid));
	assert_int_equal(r.status, 200);
	assert_true(says(&r, "Vedlegg lagt til"));
	r = get_in_a_request(p, "/sok?q=vedlegg5");
	assert_int_equal(r.status, 200);
	assert_true(says(&r, pid)); /* the names are always found */
	arena_init(&own, LITTLE_MEMORY);
	p->a = &own;
	assert_ok(EDIT(TRUST, pid, "background", "", "Tekst om stillasbygging"));
	p->a = all;
	arena_finish(&own);
	r = get_in_a_request(p, "/sok?q=stillasbygging");
	assert_true(says(&r, pid));
}

static void
a_matter_has_room_for_so_many_files(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = in_preparation(p);

	assert_ok(attach(p, TRUST, pid, "en.txt", S("en"), &done));
	assert_ok(db_script(p->w->db, p->a, "UPDATE attachment SET bytes = 524287998"));
	assert_err(attach(p, TRUST, pid, "to.txt", S("tre"), &done), "attachment.too_many");
	assert_ok(attach(p, TRUST, pid, "to.txt", S("to"), &done));
	assert_ok(db_script(p->w->db, p->a, "UPDATE attachment SET bytes = 2"));
	for (int i = 2; i < 100; i++)
		assert_ok(attach(p, TRUST, pid, "fil.txt", S("fil"), &done));
	assert_err(attach(p, TRUST, pid, "fil.txt", S("fil"), &done), "attachment.too_many");
	assert_ok(act(cx_as(p, MUNI), &done, ACT_MATTER_DETACH, "matter", pid, "attachment",
	    str_to_c(p->a, document_of(p, pid).attachments[0].pid)));
	assert_ok(attach(p, TRUST, pid, "fil.txt", S("fil"), &done));
}

/* --- the end ---------------------------------------------------------------------------- */

static void
a_matter_goes_on_in_another(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *into = in_preparation(p), *pid;

	assert_ok(act(cx_as(p, "contact.rakkestad"), &done, ACT_MATTER_PROPOSE, "title",
	    "Utskrivning i ferien", "summary", "Det samme i juli.", "submit", "1"));
	pid = str_to_c(p->a, done.pid);
	assert_ok(DO(MUNI, ACT_MATTER_RECEIVE, pid));
	struct cx *cx = cx_as(p, MUNI);
	assert_err(act(cx, &done, ACT_MATTER_JOIN, "matter", pid, "rev", rev_of(p, pid), "into",
		       pid, "reason", "Samme sak."),
	    "input");
	assert_string_equal(fault_of(cx, "into"), "input.choice");
	assert_err(DO(MUNI, ACT_MATTER_JOIN, pid, "into", into, "reason", ""), "input");
	assert_err(DO("contact.rakkestad", ACT_MATTER_JOIN, pid, "into", into, "reason", "x"),
	    "denied");
	assert_ok(DO(MUNI, ACT_MATTER_JOIN, pid, "into", into, "reason", "Samme sak."));
	assert_int_equal(state_of(p, pid), MATTER_JOINED);
	struct answer r =
	    ask(p, "contact.rakkestad", "GET", arena_printf(p->a, "/saker/%s", pid), NULL);
	assert_true(says(&r, "Går videre i"));
	r = ask(p, "contact.rakkestad", "GET", arena_printf(p->a, "/saker/%s", into), NULL);
	assert_int_equal(r.status, 200);
	assert_err(DO(MUNI, ACT_MATTER_JOIN, pid, "into", into, "reason", "Igjen."),
	    "matter.wrong_state");
	assert_ok(DO(MUNI, ACT_MATTER_ARCHIVE, pid));
	assert_int_equal(state_of(p, pid), MATTER_ARCHIVED);
}

static void
nothing_is_published_before_the_papers_are_out(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = checked(p);

	assert_err(DO(MUNI, ACT_MATTER_PUBLISH, pid), "matter.not_out");
	assert_err(DO(MUNI, ACT_MATTER_CLOSE, pid), "matter.wrong_state");
	assert_err(DO(MUNI, ACT_MATTER_RECEIVE_ABOVE, pid), "matter.wrong_state");
	assert_err(DO("contact.halden", ACT_MATTER_PUBLISH, pid), "denied");
	assert_true(matter_is_out(MATTER_PAPERS_PUBLISHED) && matter_is_out(MATTER_CLOSED));
	assert_false(matter_is_out(MATTER_RETURNED) || matter_is_out(MATTER_ON_AGENDA) ||
		     matter_is_out(MATTER_IN_PREPARATION) || matter_is_out(MATTER_WITHDRAWN));
}

/* --- pages ------------------------------------------------------------------------------ */

static void
the_pages_of_a_matter_follow_it(void **state)
{
	struct people *p = *state;
	struct result done;
	const char *pid = received(p), *page = arena_printf(p->a, "/saker/%s", pid);
	const char *triage = arena_printf(p->a, "%s/vurdering", page);
	struct answer r = ask(p, MUNI, "GET", triage, NULL);

	assert_int_equal(r.status, 200);
	assert_false(says(&r, "name=\"body\""));
	r = ask(p, MUNI, "GET",
	    arena_printf(p->a,
		"%s?type=decision&scope=whole_area&consequence=professional"
		"&consequence=economic&larger=1&topic=other",
		triage),
	    NULL);
	assert_true(says(&r, "name=\"body\"") && says(&r, "Saker av prinsipiell karakter"));
	assert_true(says(
	    &r, "type=\"checkbox\" name=\"consequence\" value=\"economic\" checked hidden"));
	r = ask(p, "contact.halden", "GET", triage, NULL);
	assert_int_equal(r.status, 403);
	r = ask(p, MUNI, "POST", triage,
	    arena_printf(p->a,
		"rev=%s&type=decision&scope=whole_area&consequence=professional"
		"&topic=other&round=no&body=%s",
		rev_of(p, pid), body_pid(p, "ssu")));
	assert_int_equal(r.status, 422);
	assert_true(says(&r, "id=\"round_reason-feil\""));
	r = ask(p, MUNI, "POST", triage,
	    arena_printf(p->a,
		"rev=%s&type=decision&scope=whole_area&consequence=professional"
		"&topic=other&round=no&round_reason=Haster&body=%s",
		rev_of(p, pid), body_pid(p, "ssu")));
	assert_int_equal(r.status, 303);
	r = ask(p, MUNI, "GET", arena_printf(p->a, "%s/forfattere", page), NULL);
	assert_int_equal(r.status, 200);
	assert_ok(DO(MUNI, ACT_MATTER_ASSIGN, pid, "municipal",
	    person_pid_of(p, "contact.moss"), "trust", person_pid_of(p, TRUST)));
	assert_ok(DO(TRUST, ACT_MATTER_START, pid));
	r = ask(p, TRUST, "GET", page, NULL);
	assert_true(says(&r, "/rediger/sykehuset") && !says(&r, "/rediger/kommunene"));
	r = ask(p, "contact.halden", "GET", page, NULL);
	assert_true(says(&r, "Tre perspektiver") || !says(&r, "/rediger/"));
	r = ask(p, TRUST, "GET", arena_printf(p->a, "%s/rediger/kommunene", page), NULL);
	assert_int_equal(r.status, 403);
	r = ask(p, TRUST, "GET", arena_printf(p->a, "%s/rediger/tull", page), NULL);
	assert_int_equal(r.status, 404);
	write_all_parts(p, pid);
	assert_ok(SNAPSHOT(MUNI, pid));
	assert_ok(DO(TRUST, ACT_MATTER_CHECK, pid));
	r = ask(p, MUNI, "GET", page, NULL);
	assert_true(says(&r, "Signer for kommunene") && !says(&r, "Signer for sykehuset"));
	assert_true(says(&r, "<li>Varsle torsdag.</li>"));
	r = ask(p, MUNI, "POST", arena_printf(p->a, "%s/signer", page), "version=1");
	assert_int_equal(r.status, 303);
	r = ask(p, MUNI, "POST", arena_printf(p->a, "%s/signer", page), "version=1");
	assert_int_equal(r.status, 409);
}

/* --- what waits, and who is told -------------------------------------------------------- */

static bool
waits(struct people *p, const char *who, enum action what)
{
	struct tasks *t;

	assert_ok(day_tasks(cx_as(p, who), &t));
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].action == what)
			return true;
	return false;
}

/* One's own part waits until it is written; the check waits when all of it is. */
static void
what_is_left_to_write_waits_for_its_writer(void **state)
{
	struct people *p = *state;
	const char *pid = in_preparation(p);
	struct result done;

	assert_true(waits(p, "contact.moss", ACT_MATTER_EDIT));
	assert_false(waits(p, MUNI, ACT_MATTER_CHECK));
	write_all_parts(p, pid);
	assert_false(waits(p, "contact.moss", ACT_MATTER_EDIT));
	assert_true(waits(p, MUNI, ACT_MATTER_CHECK) && waits(p, TRUST, ACT_MATTER_CHECK));
	assert_false(waits(p, "contact.moss", ACT_MATTER_CHECK));
	assert_ok(SNAPSHOT(MUNI, pid));
	assert_ok(DO(TRUST, ACT_MATTER_CHECK, pid));
	assert_false(waits(p, MUNI, ACT_MATTER_CHECK));
}

static void
the_proposer_is_told_once(void **state)
{
	struct people *p = *state;
	struct q_notice_unread *rows;
	int64_t id = person_of(p, "contact.halden")->id;
	size_t n;

	in_preparation(p);
	assert_int_equal(sql_int(p,
			     arena_printf(p->a,
				 "SELECT CAST(count(*) AS TEXT) FROM notice WHERE kind = "
				 "'matter.receive' AND person_id = %lld",
				 (long long)id),
			     NULL),
	    1);

	/* one matter, one line: the last that happened, and how often something did */
	assert_ok(q_notice_unread(p->w->db, p->a, id, 200, &rows, &n));
	assert_int_equal(n, 1);
	assert_string_equal(str_to_c(p->a, rows[0].kind), "matter.start");
	assert_int_equal(rows[0].times, 3);
	struct answer r = ask(p, "contact.halden", "GET", "/min-dag", NULL);
	assert_true(says(&r, "3 endringer, sist: "));
}

int
main(void)
{
	struct arena a;
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(what_is_left_to_write_waits_for_its_writer),
	    WITH_OSTFOLD(the_proposer_is_told_once),
	    WITH_OSTFOLD(c5_c7_the_charter_decides_where_matters_go),
	    WITH_VESTRE_VIKEN(c4_a_barred_body_needs_a_reason),
	    WITH_OSTFOLD(r076_one_author_from_each_side_or_a_recorded_reason),
	    WITH_OSTFOLD(a_side_writes_its_own_perspective_and_all_write_the_rest),
	    WITH_OSTFOLD(two_who_write_at_once_lose_nothing),
	    WITH_OSTFOLD(an_identity_number_is_refused_and_the_text_kept),
	    WITH_OSTFOLD(c11_the_gate_wants_every_perspective_and_heading_in_a_version),
	    WITH_OSTFOLD(c15_both_sides_sign_the_same_version_and_nobody_twice),
	    WITH_OSTFOLD(one_person_of_both_sides_signs_once),
	    WITH_OSTFOLD(c13_a_required_round_is_not_skipped),
	    WITH_OSTFOLD(versions_stand_and_their_differences_show),
	    WITH_OSTFOLD(a_hash_tells_documents_apart),
	    WITH_OSTFOLD(r068_comments_are_made_and_dealt_with),
	    WITH_OSTFOLD(more_comments_than_are_shown),
	    WITH_OSTFOLD(files_come_back_as_they_came),
	    WITH_OSTFOLD(files_with_identity_numbers_or_of_other_kinds_are_refused),
	    WITH_OSTFOLD(much_text_in_files_fells_nothing),
	    WITH_OSTFOLD(a_matter_has_room_for_so_many_files),
	    WITH_OSTFOLD(a_matter_goes_on_in_another),
	    WITH_OSTFOLD(nothing_is_published_before_the_papers_are_out),
	    WITH_OSTFOLD(the_pages_of_a_matter_follow_it),
	};

	arena_init(&a, 64 << 20);
	if (filed_start(&a, &reader)) {
		fprintf(stderr, "the reader of files does not start\n");
		return 1;
	}
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	filed_stop(reader);
	arena_finish(&a);
	return failed;
}
