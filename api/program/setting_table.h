// Every setting of a server's file, as a table: what it is called, what it may be, what it is for.
//
// Whatever is told of settings comes from here: what a file may say, `stet config show`, the file
// that the package brings, stet.toml(5), and what a reload takes up. Providers of OpenID Connect
// ([oidc.NAME]) and targets ([targets.NAME]) have tables of their own (oidc_settings.h,
// target_settings.h). Threads: the table is immutable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/program/setting_kinds.h"

namespace stet::program {

struct Setting {
  std::string_view key;    // "git.push_mib"
  std::string_view about;  // one line
  Kind kind;
  bool is_reloadable = false;  // SIGHUP is enough; others hold from the next start on

  std::string_view section() const { return key.substr(0, key.find('.')); }
  std::string_view name() const { return key.substr(key.find('.') + 1); }
};

// By section; within one in the order in which they are told.
const std::vector<Setting>& setting_table();

// Null: there is none of that key.
const Setting* find_setting(std::string_view key);

// What to say of a key that there is not: those that its section has.
Error no_setting(const std::string& section, const std::string& key);

}  // namespace stet::program
