// What Swift cannot import by itself, as static inline functions: OpenSSL's function-like macros, the BIO between
// OpenSSL and a reactor's buffers, and Linux's epoll (whose event is a packed struct with a union), eventfd and
// timerfd. No state, no policy: nothing here decides anything.

#ifndef SANGDAM_COPENSSL_SHIM_H
#define SANGDAM_COPENSSL_SHIM_H

#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <openssl/bio.h>
#include <openssl/conf.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// ---- macros --------------------------------------------------------------------------------------------------------

static inline void sangdam_ctx_set_mode(SSL_CTX *context, long mode) { SSL_CTX_set_mode(context, mode); }

static inline int sangdam_ctx_set_min_version(SSL_CTX *context, int version)
{
    return (int)SSL_CTX_set_min_proto_version(context, version);
}

static inline void sangdam_ctx_set_session_cache_mode(SSL_CTX *context, long mode)
{
    SSL_CTX_set_session_cache_mode(context, mode);
}

static inline int sangdam_ctx_set_groups(SSL_CTX *context, const char *groups)
{
    return (int)SSL_CTX_set1_groups_list(context, (char *)groups);
}

static inline int sangdam_set_server_name(SSL *ssl, const char *name)
{
    return (int)SSL_set_tlsext_host_name(ssl, (char *)name);
}

static inline int sangdam_error_library(unsigned long code) { return ERR_GET_LIB(code); }

// The options that every context has, server and client. Here because their macros are casts that Swift skips.
static inline uint64_t sangdam_common_options(void)
{
    return SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION;
}

static inline uint64_t sangdam_server_options(void)
{
    return SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA;
}

// Never asks a terminal for a pass phrase: an encrypted key is an error, not a question.
static inline int sangdam_no_passphrase(char *buffer, int size, int writing, void *user)
{
    (void)buffer, (void)size, (void)writing, (void)user;
    return -1;
}

static inline void sangdam_ctx_forbid_passphrase(SSL_CTX *context)
{
    SSL_CTX_set_default_passwd_cb(context, sangdam_no_passphrase);
}

// ---- certificates --------------------------------------------------------------------------------------------------

// The certificate at this index of the chain that a server shows, its own at 0; 0 = there is none. The context keeps it.
static inline X509 *sangdam_ctx_certificate(SSL_CTX *context, int index)
{
    if (index == 0) {
        return SSL_CTX_get0_certificate(context);
    }
    STACK_OF(X509) *chain = NULL;
    SSL_CTX_get0_chain_certs(context, &chain);
    return index - 1 < sk_X509_num(chain) ? sk_X509_value(chain, index - 1) : NULL;
}

// Writes the subject alternative names as text such as "DNS:localhost, IP Address:127.0.0.1"; the number of bytes, 0
// without any.
static inline int sangdam_alternative_names(X509 *certificate, char *text, int capacity)
{
    int index = X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1);
    BIO *bio = index < 0 ? NULL : BIO_new(BIO_s_mem());
    if (!bio) {
        return 0;
    }
    int length = X509V3_EXT_print(bio, X509_get_ext(certificate, index), 0, 0) ? BIO_read(bio, text, capacity) : 0;
    BIO_free(bio);
    return length > 0 ? length : 0;
}

// Whether the certificate is for this host, as browsers see it: by its alternative names alone, never by its subject, and
// with `*` for one whole label only.
static inline int sangdam_certificate_is_for(X509 *certificate, const char *host, size_t length, int is_address)
{
    if (is_address) {
        return X509_check_ip_asc(certificate, host, 0) == 1;
    }
    unsigned int flags = X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
    return X509_check_host(certificate, host, length, flags, NULL) == 1;
}

// ---- session tickets -----------------------------------------------------------------------------------------------

// Prepares what a ticket is encrypted and authenticated with: `cipher` with its key and `vector`, HMAC with SHA-256.
// 1 = done.
static inline int sangdam_prepare_ticket(EVP_CIPHER_CTX *encryption, EVP_MAC_CTX *authentication,
                                         const EVP_CIPHER *cipher, const uint8_t *cipher_key, const uint8_t *hmac_key,
                                         size_t hmac_key_length, const uint8_t *vector, int seals)
{
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, (void *)hmac_key, hmac_key_length),
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_CTX_set_params(authentication, parameters) == 1
        && EVP_CipherInit_ex2(encryption, cipher, cipher_key, vector, seals, 0) == 1;
}

// ---- SHA-256 -------------------------------------------------------------------------------------------------------

// The digest of two runs of bytes, one behind the other; either may be empty. By the functions below EVP, which OpenSSL 3
// calls deprecated and keeps: on lines as short as the journal's, an EVP context costs a third more.
static inline void sangdam_sha256(const void *first, size_t first_length, const void *second, size_t second_length,
                                  uint8_t *digest)
{
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, first, first_length);
    SHA256_Update(&context, second, second_length);
    SHA256_Final(digest, &context);
}

// ---- the BIO between OpenSSL and a reactor -------------------------------------------------------------------------

// One for each reactor, shared by its connections one after the other, and so is the BIO that reads and writes it:
// `input` is the ciphertext that was just read for one connection, `output` gathers what OpenSSL writes for it. Both are
// empty when the next connection's share begins.
struct sangdam_tls_pipe {
    const uint8_t *input;
    size_t input_length, input_used;
    uint8_t *output;
    size_t output_length, output_capacity;
};

static inline int sangdam_pipe_read(BIO *bio, char *data, int length)
{
    struct sangdam_tls_pipe *pipe = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    size_t available = pipe->input_length - pipe->input_used;
    if (length <= 0) {
        return 0;
    }
    if (available == 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    size_t count = (size_t)length < available ? (size_t)length : available;
    memcpy(data, pipe->input + pipe->input_used, count);
    pipe->input_used += count;
    return (int)count;
}

// Appends to the pipe's output; 0 = no memory.
static inline int sangdam_pipe_append(struct sangdam_tls_pipe *pipe, const void *data, size_t length)
{
    size_t needed = pipe->output_length + length;
    if (needed > pipe->output_capacity) {
        size_t capacity = pipe->output_capacity ? pipe->output_capacity : 32768;
        while (capacity < needed) {
            capacity *= 2;
        }
        uint8_t *output = realloc(pipe->output, capacity);
        if (!output) {
            return 0;
        }
        pipe->output = output;
        pipe->output_capacity = capacity;
    }
    memcpy(pipe->output + pipe->output_length, data, length);
    pipe->output_length = needed;
    return 1;
}

static inline int sangdam_pipe_write(BIO *bio, const char *data, int length)
{
    BIO_clear_retry_flags(bio);
    if (length <= 0) {
        return 0;
    }
    return sangdam_pipe_append(BIO_get_data(bio), data, (size_t)length) ? length : -1;
}

static inline long sangdam_pipe_control(BIO *bio, int command, long number, void *pointer)
{
    (void)bio, (void)number, (void)pointer;
    return command == BIO_CTRL_FLUSH;
}

static inline BIO_METHOD *sangdam_pipe_method(void)
{
    BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "reactor");
    if (method) {
        BIO_meth_set_read(method, sangdam_pipe_read);
        BIO_meth_set_write(method, sangdam_pipe_write);
        BIO_meth_set_ctrl(method, sangdam_pipe_control);
    }
    return method;
}

// The BIO for all of a pipe's connections; 0 = no memory.
static inline BIO *sangdam_pipe_bio(BIO_METHOD *method, struct sangdam_tls_pipe *pipe)
{
    BIO *bio = BIO_new(method);
    if (bio) {
        BIO_set_init(bio, 1);
        BIO_set_data(bio, pipe);
    }
    return bio;
}

// The SSL reads and writes by way of the BIO from now on, and holds a reference to it.
static inline void sangdam_attach_bio(SSL *ssl, BIO *bio)
{
    BIO_up_ref(bio);
    SSL_set_bio(ssl, bio, bio);
}

// ---- epoll, eventfd, timerfd ---------------------------------------------------------------------------------------

static const uint32_t sangdam_epoll_in = EPOLLIN;
static const uint32_t sangdam_epoll_out = EPOLLOUT;
static const uint32_t sangdam_epoll_error = EPOLLERR;
static const uint32_t sangdam_epoll_hangup = EPOLLHUP;
static const uint32_t sangdam_epoll_edge = EPOLLET;

static inline uint64_t sangdam_epoll_id(const struct epoll_event *event) { return event->data.u64; }
static inline uint32_t sangdam_epoll_flags(const struct epoll_event *event) { return event->events; }

static inline int sangdam_epoll_add(int set, int descriptor, uint32_t flags, uint64_t id)
{
    struct epoll_event event = {.events = flags, .data.u64 = id};
    return epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
}

static inline int sangdam_epoll_modify(int set, int descriptor, uint32_t flags, uint64_t id)
{
    struct epoll_event event = {.events = flags, .data.u64 = id};
    return epoll_ctl(set, EPOLL_CTL_MOD, descriptor, &event);
}

static inline int sangdam_epoll_remove(int set, int descriptor)
{
    return epoll_ctl(set, EPOLL_CTL_DEL, descriptor, 0);
}

static inline int sangdam_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }
static inline int sangdam_eventfd_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
static inline int sangdam_timerfd_create(void)
{
    return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
}

// Fires once at that time of CLOCK_MONOTONIC; a time already passed fires at once.
static inline int sangdam_timerfd_arm(int descriptor, uint64_t milliseconds)
{
    struct itimerspec time = {
        .it_value = {.tv_sec = (time_t)(milliseconds / 1000), .tv_nsec = (long)(milliseconds % 1000) * 1000000L},
    };
    if (milliseconds == 0) {
        time.it_value.tv_nsec = 1;
    }
    return timerfd_settime(descriptor, TFD_TIMER_ABSTIME, &time, 0);
}

// ---- sockets -------------------------------------------------------------------------------------------------------

static const int32_t sangdam_socket_flags = SOCK_NONBLOCK | SOCK_CLOEXEC;

// accept4 with both flags; the GNU declaration is not in Swift's Glibc module everywhere.
int accept4(int, struct sockaddr *, socklen_t *, int);
static inline int sangdam_accept(int listener, struct sockaddr_storage *address)
{
    socklen_t length = sizeof *address;
    return accept4(listener, (struct sockaddr *)address, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

// The eight 16-bit groups' bytes of an IPv6 address, most significant first: the union has other names elsewhere.
static inline void sangdam_ipv6_bytes(const struct sockaddr_in6 *address, uint64_t *high, uint64_t *low)
{
    uint64_t parts[2] = {0, 0};
    for (int i = 0; i < 16; i++) {
        parts[i / 8] = parts[i / 8] << 8 | address->sin6_addr.s6_addr[i];
    }
    *high = parts[0];
    *low = parts[1];
}

#endif
