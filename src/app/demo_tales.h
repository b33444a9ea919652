/* app/demo_tales.h - what the demo's matters say; how each goes is in demo_story.c. */
#ifndef APP_DEMO_TALES_H
#define APP_DEMO_TALES_H

enum tale_name {
	TALE_WEEKEND,
	TALE_LISTS,
	TALE_HEART,
	TALE_PHONE,
	TALE_CANCER,
	TALE_OUTBREAK,
	TALE_PARKING,
	TALE_EATING,
	TALE_STROKE,
	TALE_TRANSPORT,
	TALES
};

struct tale {
	const char *who; /* raises it: a key of the demo's people */
	const char *title, *summary, *wish;
	/* the case document's sections, as far as they are written */
	const char *background, *municipal, *trust, *patient, *professional, *proposal;
	const char *revised; /* the proposal after read-through, and the decision */
};

extern const struct tale demo_tales[TALES];

#endif
