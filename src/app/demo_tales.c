/* app/demo_tales.c - what the demo's matters say. */
#include "app/demo_tales.h"

const struct tale demo_tales[TALES] = {
    [TALE_WEEKEND] =
	{
	    .who = "town.1",
	    .title = "Varsling før helg om pasienter som er klare for hjemreise",
	    .summary = "Varsler som sendes fredag ettermiddag, blir i flere kommuner først "
		       "lest mandag. "
		       "Pasienter blir liggende, eller de kommer hjem uten at noen er klare "
		       "til å ta imot.",
	    .wish = "En felles frist for varsling før helg, og én kanal som er bemannet.",
	    .background =
		"I første kvartal gikk 412 varsler ut fredag etter klokken 14. Av dem var 167 "
		"ikke besvart før mandag morgen. Spørsmålet har vært oppe i avviksmeldinger "
		"fra "
		"begge sider.",
	    .municipal =
		"Kommunene bemanner tildelingskontoret på dagtid mandag til fredag. Et varsel "
		"torsdag gir tid til å skaffe hjelpemidler og personell til helgen.",
	    .trust = "Avdelingene vet ofte først på visittrunden fredag hvem som kan reise. En "
		     "tidlig "
		     "foreløpig melding er mulig for de fleste planlagte forløp.",
	    .patient =
		"Pasienter og pårørende forteller at usikkerheten fram til hjemreisen er det "
		"verste. De vil vite dagen, og hvem som kommer.",
	    .professional =
		"Færre overliggerdøgn og tryggere overganger. Tiltaket krever ingen ny "
		"programvare.",
	    .proposal =
		"Sykehuset sender foreløpig melding innen torsdag klokken 12 om pasienter som "
		"ventes klare i helgen. Kommunene svarer samme dag.",
	    .revised =
		"Sykehuset sender foreløpig melding innen torsdag klokken 12 om pasienter som "
		"ventes klare i helgen. Kommunene svarer innen fredag klokken 10. Legevakten "
		"får "
		"kopi.",
	},
    [TALE_LISTS] =
	{
	    .who = "trust",
	    .title = "Legemiddellister ved utskrivning",
	    .summary =
		"Listene som følger pasienten hjem, stemmer ofte ikke med det som faktisk er "
		"gitt. Hjemmetjenesten bruker mye tid på å ringe avdelingene.",
	    .wish = "En felles rutine for hvem som oppdaterer listen, og når.",
	    .background = "En gjennomgang av 120 utskrivninger viste avvik i hver tredje "
			  "liste. De fleste "
			  "gjaldt legemidler som var satt på pause under oppholdet.",
	    .municipal =
		"Hjemmetjenesten trenger listen før pasienten er hjemme, og et nummer å ringe "
		"som blir besvart.",
	    .trust = "Samstemming tar tid på travle avdelinger. Farmasøyter kan avlaste der de "
		     "finnes.",
	    .patient = "Pårørende har selv funnet feil og måttet ringe rundt.",
	    .professional = "Færre reinnleggelser. Behov for noe opplæring på begge sider.",
	    .proposal =
		"Partene innfører felles rutine for samstemming. Listen sendes senest to timer "
		"før hjemreise.",
	    .revised =
		"Partene innfører felles rutine for samstemming. Listen sendes senest to timer "
		"før hjemreise, og fastlegen får den samme listen samme dag.",
	},
    [TALE_HEART] =
	{
	    .who = "town.2",
	    .title = "Digital hjemmeoppfølging etter hjertesvikt",
	    .summary =
		"Kommunen har prøvd digital oppfølging av tolv pasienter sammen med "
		"poliklinikken. Erfaringene er gode, men ansvaret mellom besøkene er uklart.",
	    .wish = "En tjenestemodell som alle kommunene kan ta i bruk.",
	    .background =
		"Tolv pasienter målte vekt og blodtrykk hjemme i seks måneder. Antall "
		"innleggelser gikk ned fra ni til tre.",
	    .municipal = "Oppfølgingen kan legges til responssenteret. De minste kommunene må "
			 "kunne dele "
			 "på en ordning.",
	    .trust = "Poliklinikken kan svare på spørsmål samme dag, men ikke hele døgnet.",
	    .patient = "Pasientene er trygge når de vet at noen ser tallene.",
	    .professional =
		"Færre innleggelser. Utstyr koster om lag 4 000 kroner for hver pasient.",
	    .proposal = "Modellen tas i bruk i alle kommunene fra neste år. Responssenteret "
			"følger opp på "
			"dagtid, poliklinikken svarer samme dag.",
	    .revised =
		"Modellen tas i bruk i alle kommunene fra neste år. Responssenteret følger opp "
		"på "
		"dagtid, poliklinikken svarer samme dag. Ordningen vurderes etter ett år.",
	},
    [TALE_PHONE] =
	{
	    .who = "town.3",
	    .title = "Direkte telefon mellom kommunelege og avdeling",
	    .summary =
		"Kommunelegene kommer ofte ikke fram til legen som har skrevet ut pasienten. "
		"Spørsmål som kunne vært avklart på fem minutter, ender som ny innleggelse.",
	    .wish = "Ett nummer til hver avdeling, besvart av lege på dagtid.",
	    .background =
		"I en uke i vår ble 94 oppringninger talt. 38 av dem nådde ikke fram første "
		"gang, og ventetiden var i snitt 17 minutter.",
	    .municipal =
		"Sykehjemslegene er alene på vakt og trenger svar mens de er hos pasienten.",
	    .trust = "Avdelingene kan bemanne en lege på telefon fra 10 til 15 på hverdager.",
	    .patient = "Pasientene slipper en reise når legene kan snakke sammen.",
	    .professional = "Færre unødige innleggelser. Ingen nye stillinger.",
	    .proposal = "Hver avdeling har ett nummer for kommunenes leger, besvart på "
			"hverdager.",
	    .revised = "Hver avdeling har ett nummer for kommunenes leger, besvart av lege på "
		       "hverdager fra klokken 10 til 15. Numrene ligger på felles nettside.",
	},
    [TALE_CANCER] =
	{
	    .who = "town.3",
	    .title = "Kompetanse på kreftomsorg i kommunene",
	    .summary =
		"Flere kommuner mangler sykepleiere med videreutdanning når behandling flyttes "
		"hjem.",
	    .wish = "Felles kurs og hospitering på sykehuset.",
	    .background = "Fire av kommunene har ingen kreftsykepleier i dag. Behandling i "
			  "hjemmet har økt "
			  "med en tredel på to år.",
	    .municipal =
		"Kurs på dagtid krever vikarer. Hospitering er det som gir mest igjen.",
	    .trust = "Kreftavdelingen kan ta imot to hospitanter i uken utenom ferier.",
	    .patient = "Pasientene ønsker å slippe lange reiser for enkle ting.",
	    .professional = "Bedre tilbud hjemme. Utgiftene til vikarer ligger i kommunene.",
	    .proposal = "Partene lager et felles kursopplegg, og sykehuset tar imot "
			"hospitanter gjennom "
			"hele året.",
	},
    [TALE_OUTBREAK] =
	{
	    .who = "trust",
	    .title = "Felles plan for smittevern ved utbrudd på sykehjem",
	    .summary = "Ved det siste utbruddet var det uklart hvem som skulle gi råd om hva.",
	    .wish = "En kort plan med navn på roller, og en øvelse i året.",
	    .background = "Utbruddet i vår varte i fem uker. Rådene fra sykehuset og fra "
			  "kommunelegen var "
			  "ikke de samme de første dagene.",
	    .trust = "Smittevernavdelingen kan nås hele døgnet for kommuneleger.",
	},
    [TALE_PARKING] =
	{
	    .who = "town.1",
	    .title = "Ny parkeringsavgift for ansatte på sykehuset",
	    .summary = "Ansatte fra kommunen som følger pasienter, må betale parkering.",
	    .wish = "Fritak.",
	},
    [TALE_EATING] =
	{
	    .who = "town.2",
	    .title = "Oppfølging av barn og unge med spiseforstyrrelser",
	    .summary =
		"Overgangen fra poliklinikk til kommunens helsetjeneste tar for lang tid.",
	    .wish = "Et kartleggingsarbeid i regi av et fagutvalg.",
	},
    [TALE_STROKE] =
	{
	    .who = "trust",
	    .title = "Rehabilitering etter hjerneslag i de tre første ukene",
	    .summary = "Pasienter får ulikt tilbud etter hvor de bor. Ventetiden på plass "
		       "varierer fra "
		       "to dager til tre uker.",
	    .wish = "En oversikt over tilbudet i dag, og et felles mål.",
	},
    [TALE_TRANSPORT] =
	{
	    .who = "town.3",
	    .title = "Transport av pasienter mellom sykehus og legevakt",
	    .summary = "Vi samler eksempler.",
	    .wish = "",
	},
};
