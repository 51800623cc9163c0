// A buffer of bytes that grows; for both programs.
#ifndef BYTES_H
#define BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct bytes {
    uint8_t *data;
    size_t length, capacity;
};

static inline void bytes_append(struct bytes *bytes, const void *data, size_t length)
{
    if (bytes->length + length > bytes->capacity) {
        size_t capacity = bytes->capacity ? bytes->capacity : 512;
        while (capacity < bytes->length + length) {
            capacity *= 2;
        }
        bytes->data = realloc(bytes->data, capacity);
        if (!bytes->data) {
            abort();
        }
        bytes->capacity = capacity;
    }
    memcpy(bytes->data + bytes->length, data, length);
    bytes->length += length;
}

static inline void bytes_drop_front(struct bytes *bytes, size_t count)
{
    bytes->length -= count;
    memmove(bytes->data, bytes->data + count, bytes->length);
}

static inline void bytes_free(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){0};
}

#endif
