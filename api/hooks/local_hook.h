// How `stet hook post-receive` tells the running server that a push has come in.
//
// The handshake: once both origins answer, the server writes an invitation, a file that only its
// user can read, into the state folder: on the first line the URL to call, on the second a secret
// of this run. The hook, which git runs as the pusher, reads it, sends `POST /hooks/local` with
// "Authorization: Bearer <secret>" and no body, and waits for 204: then the push is live. A pusher
// who may not read the file is not the server's user; the server then learns of the push at its
// next write, hook or start. No file, or nobody who listens: no server runs, and nothing is to be
// told. Threads: pure functions of the file system and the network.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "storage/base/random.h"
#include "storage/base/result.h"

namespace stet::hooks {

struct Invitation {
  std::string url;     // "http://127.0.0.1:4001/hooks/local"
  std::string secret;  // 64 hex digits
};

inline constexpr char kInvitationFile[] = "local-hook";

std::string make_local_secret(RandomSource& random);

// Replaces what was there; mode 0600.
Status write_invitation(const std::filesystem::path& state_folder, const Invitation& invitation);
// kNotFound: no server runs. kForbidden: it is another user's.
Result<Invitation> read_invitation(const std::filesystem::path& state_folder);
// For the server's end; no file is no error.
Status remove_invitation(const std::filesystem::path& state_folder);

// Tells the server that a reference has moved, and does not wait for what it makes of it: git runs
// who calls this, and goes on. Errors as announce_push().
Status announce_move(const std::filesystem::path& state_folder, std::chrono::milliseconds patience);

// Calls the server on its loopback address and waits for its answer. kNotFound: there is no
// invitation, or nobody listens. Otherwise what the server said went wrong.
Status announce_push(const std::filesystem::path& state_folder, std::chrono::milliseconds patience);

struct LocalAnswer {
  int status = 0;
  std::string body;
};
// GETs a path of the running server's admin origin, as the holder of that token. kNotFound: there
// is no invitation, or nobody listens. Limit: an answer of a megabyte.
Result<LocalAnswer> ask_server(const std::filesystem::path& state_folder,
                               const std::string& path,
                               const std::string& token,
                               std::chrono::milliseconds patience);

}  // namespace stet::hooks
