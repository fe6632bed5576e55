// What the two ways to serve share: a repository, with its API, and a working folder.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "api/http/server.h"
#include "api/program/settings.h"
#include "api/program/site_options.h"

namespace stet::program {

struct ServeFlags {
  SiteFlags site;  // a folder (-s), or a repository (--repo)
  std::string state, settings, branch;
  std::string follow;                             // "": as the settings have it
  std::optional<std::string> address;             // none: as the settings have it
  std::optional<std::uint16_t> port, admin_port;  // likewise
  bool is_watching = true;
  bool is_reloading = true;  // pages load themselves again in the browser
};

// The flags, and for what was not given the settings.
ServeFlags with_settings(ServeFlags flags, const Settings::Http& settings);

// For a server of one process: call before any thread starts, then wait for SIGTERM or SIGINT.
// Where the server can be reloaded, SIGHUP is waited for as well; elsewhere it ends the process, as
// it does when a terminal is closed.
enum class Hangup { kEnds, kReloads };
enum class Word { kNone, kEnd, kReload };
void block_ends(Hangup hangup);
// kNone: nothing came while it was waited for.
Word wait_for_word(Hangup hangup, std::chrono::seconds patience);

// A working folder as `jekyll serve` does it; nothing in the folder is ever written.
Status serve_folder(const ServeFlags& flags);

}  // namespace stet::program
