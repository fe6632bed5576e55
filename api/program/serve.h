// What the two ways to serve share: a repository, with its API, and a working folder.
#pragma once

#include <cstdint>
#include <string>

#include "api/http/server.h"
#include "api/program/site_options.h"

namespace stet::program {

struct ServeFlags {
  SiteFlags site;  // a folder (-s), or a repository (--repo)
  std::string state, settings, branch, address = "127.0.0.1";
  std::uint16_t port = 4000, admin_port = 4001;
  bool is_watching = true;
  bool is_reloading = true;  // pages load themselves again in the browser
};

// For a server of one process: call before any thread starts, then wait for SIGTERM or SIGINT.
void block_ends();
void wait_for_end();

// A working folder as `jekyll serve` does it; nothing in the folder is ever written.
Status serve_folder(const ServeFlags& flags);

}  // namespace stet::program
