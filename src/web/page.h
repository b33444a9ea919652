/*
 * web/page.h - what all pages share: the frame, sentences for errors, error pages.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "web/web.h"

/* Draws the page for an error; sends people without a session to the login page, and hands
 * them back what they had written, if anything. */
void page_error(struct request *rq, struct reply *rp, const struct err *e, str written);

/* Draws what a use case shows once, with the way on. */
struct err *page_secret(struct request *rq, struct reply *rp, enum action action,
    const struct result *done, struct url on) NODISCARD;

/* One line to the log, for what is not the user's doing or is worth knowing. */
void web_log(const struct err *e);

/* The person's choice, else the first of the browser's languages that we speak. */
enum lang web_lang(const struct http_request *http, int64_t chosen);

/* Whether pattern fits the path; what ":" matched goes to arg. */
bool web_path_matches(const char *pattern, str path, str *arg);

/* HTTP status for what went wrong. */
int err_status(const struct err *e);

/* The sentence for a fault: "Skriv høyst 200 tegn." */
str fault_sentence(struct arena *a, enum lang lang, const struct fault *f);

/* Content-Disposition for a download, RFC 6266, and a Content-Security-Policy that lets
 * nothing in it run. */
void reply_download(struct http_reply *rp, struct arena *a, str file_name);

#endif
