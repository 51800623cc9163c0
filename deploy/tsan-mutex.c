// For test.sh --sanitize only: tells the thread sanitizer what Swift's Mutex does where it cannot see it.
//
// Mutex (module Synchronization, Swift 6.3 on Linux) locks without contention in code that is compiled into its user and
// so instrumented. With contention it calls _lockSlow and _unlockSlow in the toolchain's library, which is not: the
// sanitizer then misses that one thread waited for the other, and calls correct programs racy. Loaded with LD_PRELOAD,
// this stands in front of the two calls and reports the waiting. Real races are found as before.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT_CALL __attribute__((swiftcall))
#define SWIFT_SELF __attribute__((swift_context)) void *

// Weak: programs without the sanitizer load this too.
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

static SWIFT_CALL void (*lock_slow)(uint32_t, SWIFT_SELF);
static SWIFT_CALL void (*unlock_slow)(SWIFT_SELF);

__attribute__((constructor)) static void find(void)
{
    lock_slow = (SWIFT_CALL void (*)(uint32_t, SWIFT_SELF))dlsym(RTLD_NEXT, LOCK_SLOW);
    unlock_slow = (SWIFT_CALL void (*)(SWIFT_SELF))dlsym(RTLD_NEXT, UNLOCK_SLOW);
}

SWIFT_CALL void reported_lock(uint32_t thread, SWIFT_SELF mutex) __asm__(LOCK_SLOW);
SWIFT_CALL void reported_lock(uint32_t thread, SWIFT_SELF mutex)
{
    lock_slow(thread, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFT_CALL void reported_unlock(SWIFT_SELF mutex) __asm__(UNLOCK_SLOW);
SWIFT_CALL void reported_unlock(SWIFT_SELF mutex)
{
    if (__tsan_release) __tsan_release(mutex);
    unlock_slow(mutex);
}
