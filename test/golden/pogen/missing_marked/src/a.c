fail(a, N_("matter.closed"));
