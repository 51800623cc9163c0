// Framing: messages to bytes and back. Lines end with LF; WebSocket (RFC 6455) has an upgrade first and then frames.
#include "load.h"

#include <stdio.h>
#include <string.h>

// Nothing in these protocols is longer; a longer message means that the framing is lost.
enum { MESSAGE_LIMIT_BYTES = 1 << 20 };

// ---- outwards -------------------------------------------------------------------------------------------------------

enum { WS_TEXT = 1, WS_CLOSE = 8, WS_PING = 9, WS_PONG = 10 };

// A mask need not be secret here, but must be there and not be zero: unmasking is part of the server's work.
static uint32_t next_mask(void)
{
    static uint32_t state = 0x9e3779b9u;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static void append_masked(struct bytes *out, const char *text, size_t length)
{
    uint32_t mask = next_mask();
    bytes_append(out, &mask, sizeof mask);
    size_t start = out->length;
    bytes_append(out, text, length);
    const uint8_t *key = (const uint8_t *)&mask;
    for (size_t i = 0; i < length; i++) {
        out->data[start + i] ^= key[i & 3];
    }
}

static void append_frame(struct bytes *out, int opcode, const char *text, size_t length)
{
    uint8_t header[10] = {(uint8_t)(0x80 | opcode)};
    size_t header_length = 2;
    if (length < 126) {
        header[1] = (uint8_t)(0x80 | length);
    } else if (length < 65536) {
        header[1] = 0x80 | 126;
        header[2] = (uint8_t)(length >> 8);
        header[3] = (uint8_t)length;
        header_length = 4;
    } else {
        header[1] = 0x80 | 127;
        for (int i = 0; i < 8; i++) {
            header[2 + i] = (uint8_t)((uint64_t)length >> (56 - 8 * i));
        }
        header_length = 10;
    }
    bytes_append(out, header, header_length);
    append_masked(out, text, length);
}

void frame_append(struct bytes *out, const char *text, size_t length)
{
    if (speaks_websocket()) {
        append_frame(out, WS_TEXT, text, length);
    } else {
        bytes_append(out, text, length);
        bytes_append(out, "\n", 1);
    }
}

// ---- WebSocket upgrade ----------------------------------------------------------------------------------------------

// The key and the answer of the example in RFC 6455, section 1.3: no SHA-1 needed to check the server.
static const char upgrade_key[] = "dGhlIHNhbXBsZSBub25jZQ==";
static const char upgrade_accept[] = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

static void ask_for_upgrade(struct conn *conn)
{
    char request[512];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
                          speaks_sangdam() ? "/chat" : "/ws", upgrade_key,
                          speaks_sangdam() ? "Sec-WebSocket-Protocol: sangdam.v1\r\n" : "");
    conn->phase = PHASE_UPGRADE;
    wire_send(conn, request, (size_t)length);
    wire_flush(conn);
}

static bool holds(struct slice text, const char *wanted)
{
    return memmem(text.at, text.length, wanted, strlen(wanted)) != NULL;
}

static void check_upgrade(const struct conn *conn, struct slice response)
{
    if (response.length < 12 || memcmp(response.at, "HTTP/1.1 101", 12) != 0) {
        fail(EXIT_REFUSED, "%s: WebSocket upgrade refused: %.*s", describe(conn),
             (int)strcspn(response.at, "\r\n"), response.at);
    }
    if (!holds(response, upgrade_accept)) {
        fail(EXIT_PROTOCOL, "%s: wrong or no Sec-WebSocket-Accept", describe(conn));
    }
    if (speaks_sangdam() && !holds(response, "sangdam.v1")) {
        fail(EXIT_PROTOCOL, "%s: subprotocol sangdam.v1 not selected", describe(conn));
    }
}

// ---- inwards --------------------------------------------------------------------------------------------------------

void frame_connected(struct conn *conn)
{
    if (speaks_websocket()) {
        ask_for_upgrade(conn);
    } else {
        protocol_start(conn);
    }
}

// The take_ functions return how many bytes they used, 0 = the message is not complete yet.

static size_t take_line(struct conn *conn, const char *data, size_t length, uint64_t now)
{
    const char *newline = memchr(data, '\n', length);
    if (!newline) {
        return 0;
    }
    protocol_text(conn, (struct slice){data, (size_t)(newline - data)}, now);
    return (size_t)(newline - data) + 1;
}

static size_t take_upgrade(struct conn *conn, const char *data, size_t length)
{
    const char *blank_line = memmem(data, length, "\r\n\r\n", 4);
    if (!blank_line) {
        return 0;
    }
    size_t used = (size_t)(blank_line - data) + 4;
    check_upgrade(conn, (struct slice){data, used});
    protocol_start(conn);
    return used;
}

static void answer_ping(struct conn *conn, struct slice payload)
{
    static struct bytes out;
    out.length = 0;
    append_frame(&out, WS_PONG, payload.at, payload.length);
    wire_send(conn, out.data, out.length);
    wire_flush(conn);
}

static void handle_close_frame(struct conn *conn, struct slice payload)
{
    if (run_is_over) {
        return;
    }
    const uint8_t *bytes = (const uint8_t *)payload.at;
    int code = payload.length >= 2 ? bytes[0] << 8 | bytes[1] : 1005;
    int reason_length = payload.length >= 2 ? (int)payload.length - 2 : 0;
    fail(EXIT_REFUSED, "%s: WebSocket closed by the server: %d %.*s", describe(conn), code, reason_length,
         payload.at + 2);
}

static void handle_frame(struct conn *conn, uint8_t first, struct slice payload, uint64_t now)
{
    switch (first) {
    case 0x80 | WS_TEXT: protocol_text(conn, payload, now); break;
    case 0x80 | WS_PING: answer_ping(conn, payload); break;
    case 0x80 | WS_PONG: break;
    case 0x80 | WS_CLOSE: handle_close_frame(conn, payload); break;
    default:
        fail(EXIT_PROTOCOL, "%s: WebSocket frame that starts with 0x%02x: fragments, binary and extensions are not "
             "expected here", describe(conn), first);
    }
}

static size_t take_frame(struct conn *conn, const char *data, size_t length, uint64_t now)
{
    const uint8_t *bytes = (const uint8_t *)data;
    if (length < 2) {
        return 0;
    }
    size_t length_bytes = bytes[1] == 126 ? 2 : bytes[1] == 127 ? 8 : 0;
    if (length < 2 + length_bytes) {
        return 0;
    }
    uint64_t payload_length = length_bytes ? 0 : bytes[1];
    for (size_t i = 0; i < length_bytes; i++) {
        payload_length = payload_length << 8 | bytes[2 + i];
    }
    if (bytes[1] > 127 || payload_length > MESSAGE_LIMIT_BYTES) {
        fail(EXIT_PROTOCOL, "%s: masked or enormous WebSocket frame from the server", describe(conn));
    }
    size_t used = 2 + length_bytes + (size_t)payload_length;
    if (length < used) {
        return 0;
    }
    handle_frame(conn, bytes[0], (struct slice){data + 2 + length_bytes, (size_t)payload_length}, now);
    return used;
}

static size_t take_one(struct conn *conn, const char *data, size_t length, uint64_t now)
{
    if (conn->phase == PHASE_UPGRADE) {
        return take_upgrade(conn, data, length);
    }
    return speaks_websocket() ? take_frame(conn, data, length, now) : take_line(conn, data, length, now);
}

static size_t take_all(struct conn *conn, const char *data, size_t length, uint64_t now)
{
    size_t used = 0;
    while (used < length && conn->phase != PHASE_CLOSED) {
        size_t count = take_one(conn, data + used, length - used, now);
        if (count == 0) {
            break;
        }
        used += count;
    }
    return used;
}

// Whole messages are handled where they lie; only the rest of a message that is not complete is copied.
void frame_received(struct conn *conn, const uint8_t *data, size_t length, uint64_t now)
{
    if (conn->inbox.length == 0) {
        size_t used = take_all(conn, (const char *)data, length, now);
        if (used < length && conn->phase != PHASE_CLOSED) {
            bytes_append(&conn->inbox, data + used, length - used);
        }
        return;
    }
    bytes_append(&conn->inbox, data, length);
    size_t used = take_all(conn, (const char *)conn->inbox.data, conn->inbox.length, now);
    if (conn->phase == PHASE_CLOSED) {
        return;
    }
    bytes_drop_front(&conn->inbox, used);
    if (conn->inbox.length > MESSAGE_LIMIT_BYTES) {
        fail(EXIT_PROTOCOL, "%s: a message of more than 1 MiB", describe(conn));
    }
}
