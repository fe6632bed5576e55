// The scripts that git runs around a push, and that call this program: githooks(5).
//
// A server keeps a set of its own in its state folder, for pushes over HTTP; `stet init` and `stet
// serve` put the same into the repository's hooks folder, for pushes over ssh and by a file path.
// What the server's settings say of pushes is written into the scripts, so that the gate stands
// where no server runs, and whoever pushes need not read the server's files. Threads: pure
// functions of the file system. Failure leaves each script whole: the old one or the new one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "api/git/push_policy.h"
#include "storage/base/result.h"
#include "storage/git/repository.h"

namespace stet::git {

// git's configuration: receive.procReceiveRefs = refs/for.
inline constexpr std::string_view kMergeSetting = "receive.procReceiveRefs";
inline constexpr std::string_view kMergeValue = "refs/for";

struct HookSettings {
  std::filesystem::path program;     // stet itself
  std::string branch = {};           // that is served; "": HEAD's
  std::filesystem::path state = {};  // the server's state folder; "": <repository>/stet
  PushPolicy policy = {};
  std::uint64_t file_mib_max = kFileMib;
  std::string committer_name = "stet", committer_email = "stet@localhost";  // of merges
  // reference-transaction too, by which a server hears of every program that moves its branch.
  bool tells_moves = false;
};

// pre-receive, proc-receive and post-receive, in a folder that is made where it is missing. Hooks
// that stet has not written are left alone and named in an error (kConflict), when all others are
// done.
Status write_hooks(const std::filesystem::path& folder, const HookSettings& settings);

// Into the repository itself, with reference-transaction and the setting by which git hands pushes
// to refs/for/ to proc-receive.
Status install_hooks(const storage::Repository& repository, const HookSettings& settings);

// A file that git would run.
struct HookFile {
  std::string name;
  bool is_ours = false;                // stet has written it
  bool is_program = false;             // git passes over what is none
  std::filesystem::path program = {};  // that ours calls
};

// All of a folder but samples, by name; none where there is no folder.
std::vector<HookFile> list_hooks(const std::filesystem::path& folder);

// Those that install_hooks() puts into a repository.
std::vector<std::string> own_hooks();

// Whether stet has put its hooks there before.
bool has_hooks(const std::filesystem::path& folder);

}  // namespace stet::git
