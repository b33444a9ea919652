#include "app/demo_story.h"

#include "core/matter.h"

/* A matter as somebody raised it, and how far it has come. */
struct tale {
	int64_t days_before;
	const char *who;
	const char *title, *summary, *wish;
	enum { TALE_DRAFT, TALE_RAISED, TALE_RECEIVED, TALE_REJECTED } far;
};

static const struct tale tales[] = {
    {96, "town.1", "Legemiddellister ved utskrivning",
	"Listene som følger pasienten hjem, stemmer ofte ikke med det som faktisk er gitt. "
	"Hjemmetjenesten bruker mye tid på å ringe avdelingene.",
	"En felles rutine for hvem som oppdaterer listen, og når.", TALE_RECEIVED},
    {80, "trust", "Varsling om utskrivningsklare pasienter i helger",
	"Varsler som sendes fredag ettermiddag, blir i flere kommuner først lest mandag.",
	"Avtalt vakt eller felles forståelse av hva som er mulig i helgene.", TALE_RECEIVED},
    {61, "town.2", "Digital hjemmeoppfølging etter hjertesvikt",
	"Kommunen har prøvd digital oppfølging av tolv pasienter sammen med poliklinikken. "
	"Erfaringene er gode, men ansvaret mellom besøkene er uklart.",
	"En tjenestemodell som alle kommunene kan ta i bruk.", TALE_RECEIVED},
    {33, "town.3", "Kompetanse på kreftomsorg i kommunene",
	"Flere kommuner mangler sykepleiere med videreutdanning når behandling flyttes hjem.",
	"Felles kurs og hospitering på sykehuset.", TALE_RECEIVED},
    {19, "town.1", "Ny parkeringsavgift for ansatte på sykehuset",
	"Ansatte fra kommunen som følger pasienter, må betale parkering.", "Fritak.",
	TALE_REJECTED},
    {6, "trust", "Felles plan for smittevern ved utbrudd på sykehjem",
	"Ved det siste utbruddet var det uklart hvem som skulle gi råd om hva.",
	"En kort plan med navn på roller, og en øvelse i året.", TALE_RAISED},
    {3, "town.2", "Oppfølging av barn og unge med spiseforstyrrelser",
	"Overgangen fra poliklinikk til kommunens helsetjeneste tar for lang tid.",
	"Et kartleggingsarbeid i regi av fagutvalget.", TALE_RAISED},
    {2, "town.3", "Transport av pasienter mellom sykehus og legevakt", "Vi samler eksempler.",
	"", TALE_DRAFT},
};

static struct err *
tell(struct demo *d, const struct tale *t)
{
	const char *rev;

	demo_at(d, t->days_before, 9, 20);
	TRY(demo_act(d, t->who, ACT_MATTER_PROPOSE, "title", t->title, "summary", t->summary,
	    "wish", t->wish, "submit", t->far == TALE_DRAFT ? "" : "1"));
	if (t->far < TALE_RECEIVED)
		return OK;
	str pid = d->last.pid;
	demo_at(d, t->days_before - 1, 10, 5);
	TRY(demo_matter_rev(d, pid, &rev));
	TRY(demo_act(d, "secretary.municipal", ACT_MATTER_RECEIVE, "matter", demo_pid(d, pid),
	    "rev", rev));
	if (t->far != TALE_REJECTED)
		return OK;
	TRY(demo_matter_rev(d, pid, &rev));
	return demo_act(d, "secretary.trust", ACT_MATTER_REJECT, "matter", demo_pid(d, pid),
	    "rev", rev, "reason",
	    "Dette er sykehusets egen sak som eier av området, og hører ikke til samarbeidet.");
}

struct err *
demo_tell(struct demo *d)
{
	for (size_t i = 0; i < sizeof(tales) / sizeof(tales[0]); i++)
		TRY(tell(d, &tales[i]));
	return OK;
}
