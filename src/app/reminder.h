/*
 * app/reminder.h - what the program reminds of by itself, in the name of nobody.
 *
 * 3.3.3: parties that have not answered a round, some days before its deadline; D3: parties
 * that have not confirmed a decision within the charter's days. Each once: a reminder that the
 * secretariat has sent meanwhile counts. Every round and decision is an entry of its own in
 * the record.
 */
#ifndef APP_REMINDER_H
#define APP_REMINDER_H

#include "app/cx.h"

/* cx acts as nobody, outside cx_read() and cx_write(). */
struct err *reminders_send(struct cx *cx) NODISCARD;

#endif
