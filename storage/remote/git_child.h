// git, run for one repository and a remote one: which configuration it sees, how it reaches the
// other side, and what of its words may be shown.
//
// Nobody's configuration is read but the repository's own, no hook runs, nothing asks a terminal.
// Secrets come from files or from a program that the settings name: git's child reads them, so they
// are in no argument and in no environment. Threads: pure functions. Errors name the setting.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"
#include "storage/process/process.h"

namespace stet::storage {

struct UpstreamSettings {
  std::filesystem::path repository;    // ours
  std::string url;                     // https, http, ssh, git, file; or a path; or git@host:path
  std::filesystem::path ssh = "ssh";   // the program, which takes OpenSSH's options
  std::filesystem::path ssh_key = {};  // "": ssh's own defaults
  std::filesystem::path known_hosts = {};  // likewise
  // One URL with user and password a line, as git-credential-store(1) has it; only read. Nobody
  // but its owner may read it.
  std::filesystem::path credentials = {};
  // A token alone, of a stet; likewise.
  std::filesystem::path token = {};
  std::filesystem::path systemd_credentials =
      {};                              // where systemd hands such files out; "": nowhere
  std::string credential_helper = {};  // as git's credential.helper
  std::int64_t wall_ms = 120'000;      // of one child
  std::uint64_t fetch_bytes_max = std::uint64_t{4} << 30;  // of one pack; 0: any
};

// What history that was written long ago has, and what git passes over in objects that come here.
inline constexpr std::array<std::string_view, 3> kOldHistory = {
    "zeroPaddedFilemode", "missingSpaceBeforeDate", "badTimezone"};

// kInvalidInput, kNotFound, kForbidden: with the mend.
Status check_settings(const UpstreamSettings& settings);

// Whether nobody but its owner may read a file of secrets, which `key` of the settings names; but
// of those that systemd hands out, in `systemd_credentials` (systemd.exec(5)), the owner is root,
// and their group may read them. As check_settings.
Status check_secret_file(const std::filesystem::path& file,
                         std::string_view key,
                         const std::filesystem::path& systemd_credentials);

// `git ARGUMENTS` in the repository.
Command git_child(const UpstreamSettings& settings, const std::vector<std::string>& arguments);

// Without what stands between "://" and "@": it may be a secret.
std::string redacted(std::string_view text);

// What git says was wrong, in one line that may be shown: redacted, and with the mend where we know
// it.
std::string reason_of(const Finished& finished);

}  // namespace stet::storage
