#ifndef MINGCHU_CPOSTGRES_SHIM_H
#define MINGCHU_CPOSTGRES_SHIM_H
#include <libpq-fe.h>

// What Swift can't import: characters as macros.

static const int shim_diag_sqlstate = PG_DIAG_SQLSTATE;
static const int shim_diag_message = PG_DIAG_MESSAGE_PRIMARY;

static void shim_notice_nothing(void *argument, const char *message) { (void)argument, (void)message; }

/// libpq writes what servers remark to stderr; after this it writes nothing.
static inline void shim_silence_notices(PGconn *connection) {
    PQsetNoticeProcessor(connection, shim_notice_nothing, NULL);
}
#endif
