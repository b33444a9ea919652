err_new(a, ERR_INTERNAL, "db.broken", "x");
return err_new(cx->a, ERR_CONFLICT, "matter.closed", "x %d", f(1, 2));
