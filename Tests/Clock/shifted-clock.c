// For tests only: a program that this is preloaded into (LD_PRELOAD) reads a wall clock that is ahead of the machine's
// by SHIFTED_CLOCK_SECONDS, or behind it. The monotonic clock is left alone: time passes as it does.
//
// Debian's libfaketime would do; but its constructor calls setenv, and Swift then no longer finds the arguments.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int (*read_clock)(clockid_t, struct timespec *);
static time_t seconds;

__attribute__((constructor)) static void find(void)
{
    const char *text = getenv("SHIFTED_CLOCK_SECONDS");
    seconds = text ? atoll(text) : 0;
    read_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    int status = read_clock(clock, time);
    if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        time->tv_sec += seconds;
    return status;
}
