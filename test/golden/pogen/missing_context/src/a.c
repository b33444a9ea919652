trc(lang, "verb", "Svar"); tr(lang, "Svar");
