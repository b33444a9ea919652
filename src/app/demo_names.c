#include "app/demo_names.h"

/* clang-format off */
static const char *const first_names[] = {
    "Aase", "Agnes", "Aksel", "Alfred", "Amalie", "Anders", "Andrea", "Anette", "Anna",
    "Anne", "Are", "Arild", "Arne", "Asbjørn", "Astrid", "August", "Aurora", "Bente",
    "Berit", "Birger", "Birgit", "Bjarne", "Bjørg", "Bodil", "Borghild", "Brage", "Brit",
    "Britt", "Bård", "Camilla", "Carl", "Cato", "Cecilie", "Dag", "Dagny", "Daniel", "Edel",
    "Edvard", "Egil", "Eilif", "Einar", "Eirik", "Eli", "Elin", "Elisabet", "Ella", "Ellen",
    "Elvira", "Embla", "Emil", "Endre", "Erlend", "Espen", "Eva", "Even", "Fredrik", "Frida",
    "Frode", "Geir", "Gerd", "Gina", "Gjertrud", "Gorm", "Grete", "Gro", "Gudrun", "Guri",
    "Guro", "Gustav", "Halvor", "Hanna", "Hans", "Harald", "Hedda", "Hege", "Helga", "Helge",
    "Helle", "Henrik", "Herman", "Hilde", "Hjalmar", "Håkon", "Ida", "Idar", "Inga",
    "Ingeborg", "Inger", "Ingrid", "Ingvild", "Iselin", "Ivar", "Jakob", "Jens", "Johan",
    "Johanne", "Jon", "Jorid", "Jorunn", "Julie", "Kaja", "Kari", "Karin", "Karl", "Kasper",
    "Kjersti", "Kjetil", "Kristin", "Kåre", "Lars", "Laura", "Leif", "Lene", "Line",
    "Lisbet", "Liv", "Magne", "Magnhild", "Magnus", "Maja", "Malin", "Margit", "Marit",
    "Markus", "Marte", "Martin", "Mathilde", "Mette", "Mikkel", "Mona", "Morten", "Nils",
    "Nina", "Nora", "Oda", "Odd", "Ola", "Olaug", "Oline", "Oskar", "Pernille", "Petter",
    "Pål", "Ragna", "Ragnhild", "Randi", "Rolf", "Ruben", "Runa", "Rune", "Sander", "Sara",
    "Selma", "Signe", "Sigrid", "Sigurd", "Siri", "Siv", "Sofie", "Solveig", "Stein",
    "Steinar", "Sunniva", "Svein", "Synne", "Synnøve", "Sølvi", "Terje", "Thea", "Tiril",
    "Tobias", "Tone", "Tor", "Torbjørn", "Tordis", "Toril", "Tormod", "Torunn", "Trine",
    "Trond", "Trygve", "Turid", "Ulrik", "Unni", "Vegard", "Vera", "Vetle", "Vidar", "Vilde",
    "Vilja", "Wenche", "Øystein", "Øyvind", "Åse", "Åshild"};

static const char *const last_names[] = {
    "Askeberget", "Askelia", "Askevang", "Askevik", "Askevold", "Bjørkebakken", "Bjørkeheim",
    "Bjørkehov", "Bjørkelia", "Bjørkerud", "Bjørkevold", "Brennberget", "Brennås", "Eikelia",
    "Eikesete", "Eikevang", "Eikevik", "Elveberget", "Elvehov", "Elvemark", "Elvestuen",
    "Elvevik", "Elveås", "Fagrfelt", "Fagrmoen", "Fagrsete", "Fagrås", "Fjellstuen",
    "Fjellvang", "Fjellvik", "Fjellvold", "Furubakken", "Furulund", "Furumark", "Furumoen",
    "Furuvang", "Granhov", "Granmoen", "Granvik", "Grønneng", "Grønnfelt", "Grønnheim",
    "Grønnholm", "Grønnlia", "Hasselfelt", "Hasselstuen", "Hasselvold", "Haugberget",
    "Haugheim", "Hauglia", "Haugrud", "Hegglia", "Hegglund", "Heggrud", "Heggstad",
    "Hvalmark", "Hvalvang", "Hvalvold", "Kaldbakken", "Kaldlund", "Kaldmark", "Kaldnes",
    "Kaldrud", "Kaldstad", "Kaldvang", "Kirsebakken", "Kirsevold", "Kleivfelt", "Kleivmoen",
    "Kleivsete", "Kvernheim", "Kvernhov", "Kvernmoen", "Kvernvik", "Langbakken", "Langvik",
    "Lindberget", "Lindeng", "Lindheim", "Lindstad", "Lyngeng", "Lyngheim", "Løveng",
    "Løvlia", "Løvlund", "Myreng", "Myrholm", "Myrsete", "Myrvang", "Norlia", "Norlund",
    "Norsete", "Oldenbakken", "Oldenmark", "Oldenvold", "Oldenås", "Osphov", "Ospsete",
    "Rognstuen", "Sandlund", "Sandnes", "Sandsete", "Sandstad", "Sandås", "Selhov",
    "Selmoen", "Selnes", "Selstad", "Skogeng", "Skogsete", "Skogvik", "Steinsete",
    "Steinstad", "Steinås", "Stormnes", "Stormsete", "Stormstuen", "Stormås", "Strandeng",
    "Strandholm", "Strandrud", "Strandvik", "Svartbakken", "Svartholm", "Svarthov",
    "Svartrud", "Svartvik", "Svartås", "Tjernbakken", "Tjernheim", "Tjernholm", "Tjernmoen",
    "Tjernås", "Tunhov", "Tunlund", "Tunmark", "Tunmoen", "Tunrud", "Tunvang", "Tunås",
    "Vardebakken", "Vardeberget", "Vardenes", "Vinterfelt", "Vinterholm", "Vinterlund",
    "Vintermoen", "Vinternes", "Vinterstuen", "Vintervang"};

static const char *const words[] = {
    "anker", "bever", "bregne", "brygge", "bølge", "einer", "fløyte", "furu", "fyrstikk",
    "gaupe", "gneis", "hare", "hengsel", "hummer", "kardemomme", "kompass", "krabbe",
    "kvist", "lavvo", "lerke", "lodd", "lykt", "marihøne", "myrull", "måne", "nype",
    "propell", "rabarbra", "ravn", "reinlav", "rips", "sild", "skjær", "slede", "sleipe",
    "snekke", "stær", "terne", "tinde", "tjeld", "torsk", "trapes", "ugle", "vaffel"};
/* clang-format on */

#define N(list) (sizeof(list) / sizeof((list)[0]))

/* A walk through all pairs of names in which none comes twice: the last names one by one, the
 * first names by a step of their own. */
str
demo_name(struct arena *a, size_t number)
{
	return str_from_c(arena_printf(a, "%s %s",
	    first_names[(number * 71 + number / N(first_names)) % N(first_names)],
	    last_names[(number * 37) % N(last_names)]));
}

str
demo_password(struct arena *a, struct random *r)
{
	size_t w[4];

	for (int i = 0; i < 4; i++)
		w[i] = (size_t)random_below(r, N(words));
	return str_from_c(
	    arena_printf(a, "%s-%s-%s-%s", words[w[0]], words[w[1]], words[w[2]], words[w[3]]));
}
