/* main.c - wires the floors together; the only file that knows all of them. */
#include <stdio.h>

int
main(void)
{
	puts("rodtrad");
	return 0;
}
