#include "storage/git/repository.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

#include "storage/base/durable_file.h"
#include "storage/base/utf8.h"
#include "storage/git/objects.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeads = "refs/heads/";

std::string quoted(const fs::path& path) { return "'" + printable(path.string(), 300) + "'"; }

Status require_folder(const fs::path& path) {
  struct stat found;
  if (::stat(path.c_str(), &found) != 0) return error_of_errno("open repository", path);
  if (!S_ISDIR(found.st_mode)) {
    return invalid_input(quoted(path) + " is no folder, so it is no repository");
  }
  if (::access(path.c_str(), R_OK | X_OK) != 0) return error_of_errno("open repository", path);
  return {};
}

Error explain_open_failure(Error error, const fs::path& path) {
  if (error.message.find("extension") != std::string::npos ||
      error.message.find("repository version") != std::string::npos) {
    return invalid_input(quoted(path) + " uses a kind of git repository that stet cannot read (" +
                         error.message +
                         "): SHA-1 objects and whole histories are needed; push it "
                         "into a repository made by `stet init`");
  }
  if (error.code == ErrorCode::kNotFound) {
    return not_found(quoted(path) + " is not a git repository: `stet init` makes one");
  }
  return std::move(error).within("open repository " + quoted(path));
}

Status require_trusted_owner(const fs::path& folder) {
  struct stat found;
  if (::stat(folder.c_str(), &found) != 0) return error_of_errno("open repository", folder);
  if (found.st_uid == ::geteuid() || found.st_uid == 0) return {};
  return forbidden(quoted(folder) + " belongs to user " + std::to_string(found.st_uid) +
                   ", whose configuration git would obey as user " + std::to_string(::geteuid()) +
                   ": chown it, run as its owner, or say that its owner is trusted");
}

Status require_whole(git_repository* repository, const fs::path& folder) {
  int is_shallow = git_repository_is_shallow(repository);
  if (is_shallow < 0) return error_of_git(is_shallow, "read shallow");
  if (is_shallow > 0) {
    return invalid_input(quoted(folder) +
                         " is a shallow clone, whose history is cut off: run `git fetch "
                         "--unshallow` in it first");
  }
  if (fs::is_regular_file(folder / "objects" / "info" / "promisor")) {
    return invalid_input(quoted(folder) + " is a partial clone: fetch all its objects first");
  }
  return {};
}

Status require_readable_head(const Repository& repository) {
  auto branch = repository.default_branch();
  if (!branch) return {};  // detached: whoever serves a branch must name it
  auto head = TRY(repository.head_of(*branch));
  if (!head) return {};
  auto damaged = [&](const Error& error) {
    return internal(quoted(repository.path()) + " is damaged at the head of '" + *branch +
                    "': " + error.message + "; `git fsck` says more");
  };
  auto commit = repository.read_commit(*head);
  if (!commit) return damaged(commit.error());
  auto tree = repository.objects().read_tree(commit->tree);
  if (!tree) return damaged(tree.error());
  return {};
}

Result<std::string> branch_reference(std::string_view branch) {
  std::string name = std::string(kHeads) + std::string(branch);
  int is_valid = 0;
  if (branch.find('\0') != std::string_view::npos || branch.starts_with('-') ||
      git_reference_name_is_valid(&is_valid, name.c_str()) < 0 || !is_valid) {
    return invalid_input("'" + printable(branch, 100) + "' cannot be the name of a branch");
  }
  return name;
}

bool is_hex(std::string_view text) {
  return std::all_of(
      text.begin(), text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

Result<CommitId> peel(const git_object* object, std::string_view text) {
  auto commit = make<ObjectHandle>("find its commit", git_object_peel, object, GIT_OBJECT_COMMIT);
  if (!commit) return invalid_input("'" + printable(text, 100) + "' is not a commit");
  return from_git<CommitId>(*git_object_id(commit->get()));
}

Error no_such_commit(std::string_view text) {
  return not_found("no branch, tag or commit is called '" + printable(text, 100) + "'");
}

Result<CommitId> resolve_prefix(git_repository* repository, std::string_view text) {
  if (text.size() < 4 || text.size() > 40 || !is_hex(text)) return no_such_commit(text);
  git_oid prefix;
  TRY(call("read id", git_oid_fromstrn, &prefix, text.data(), text.size()));
  auto object = make<ObjectHandle>(
      "find commit", git_object_lookup_prefix, repository, &prefix, text.size(), GIT_OBJECT_ANY);
  if (object) return peel(object->get(), text);
  if (object.error().code == ErrorCode::kNotFound) return no_such_commit(text);
  if (object.error().code == ErrorCode::kInvalidInput) {
    return invalid_input("several objects begin with '" + std::string(text) +
                         "': write more of it");
  }
  return std::move(object).error();
}

// A whole name is nothing else's ("refs/x" is not to be found at refs/heads/refs/x), and a branch
// goes before a tag of its name, for anybody who pushes may make tags.
Result<ReferenceHandle> find_reference(git_repository* repository, const std::string& name) {
  auto find = [&](auto* lookup, const std::string& named) {
    return make<ReferenceHandle>("find reference", lookup, repository, named.c_str());
  };
  if (name.starts_with("refs/")) return find(git_reference_lookup, name);
  auto branch = find(git_reference_lookup, "refs/heads/" + name);
  return branch ? std::move(branch) : find(git_reference_dwim, name);
}

Result<CommitId> resolve_with(const HandlePool::Lease& lease, std::string_view text) {
  if (text.size() == 40 && is_hex(text)) return resolve_prefix(lease.repository(), text);
  auto reference = find_reference(lease.repository(), std::string(text));
  if (!reference) return resolve_prefix(lease.repository(), text);
  auto object = make<ObjectHandle>(
      "find its commit", git_reference_peel, reference->get(), GIT_OBJECT_COMMIT);
  if (!object) return invalid_input("'" + printable(text, 100) + "' is not a commit");
  return from_git<CommitId>(*git_object_id(object->get()));
}

}  // namespace

std::string CommitRecord::subject() const {
  std::size_t begin = message.find_first_not_of("\r\n");
  if (begin == std::string::npos) return "";
  return message.substr(begin, message.find_first_of("\r\n", begin) - begin);
}

Result<Repository> Repository::open(const fs::path& path, const OpenOptions& options) {
  ensure_library();
  TRY(require_folder(path));
  auto handle = make<RepositoryHandle>(
      "open", git_repository_open_ext, path.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  if (!handle) return explain_open_failure(std::move(handle).error(), path);
  fs::path folder = git_repository_commondir(handle->get());
  if (!folder.has_filename()) folder = folder.parent_path();  // libgit2 ends it with a slash
  if (!options.is_any_owner_trusted) TRY(require_trusted_owner(folder));
  TRY(require_whole(handle->get(), folder));
  Repository repository(std::make_shared<Objects>(
      git_repository_path(handle->get()), std::move(folder), options.remembered_bytes_max));
  TRY(require_readable_head(repository));
  return repository;
}

Result<Repository> Repository::create(const fs::path& path, std::string_view initial_branch) {
  ensure_library();
  std::string head = TRY(branch_reference(initial_branch)).substr(kHeads.size());
  std::error_code error;
  if (fs::exists(path, error) && !fs::is_empty(path, error)) {
    return conflict(quoted(path) + " is there already and is not empty: name another folder");
  }
  git_repository_init_options init = GIT_REPOSITORY_INIT_OPTIONS_INIT;
  init.flags =
      GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
  init.initial_head = head.c_str();
  auto handle =
      make<RepositoryHandle>("make repository", git_repository_init_ext, path.c_str(), &init);
  if (!handle) return std::move(handle).error();
  return open(path);
}

const fs::path& Repository::path() const { return objects_->common_folder(); }

Result<std::string> Repository::default_branch() const {
  auto lease = TRY(objects_->lease());
  auto head =
      TRY(make<ReferenceHandle>("read HEAD", git_reference_lookup, lease.repository(), "HEAD"));
  const char* target = git_reference_symbolic_target(head.get());
  if (!target || !std::string_view(target).starts_with(kHeads)) {
    return not_found("HEAD of " + quoted(path()) +
                     " names no branch: `git symbolic-ref HEAD refs/heads/main` sets it");
  }
  return std::string(target + kHeads.size());
}

Result<std::vector<std::string>> Repository::branches() const {
  auto lease = TRY(objects_->lease());
  auto references = TRY(make<ReferenceIteratorHandle>(
      "list branches", git_reference_iterator_glob_new, lease.repository(), "refs/heads/*"));
  std::vector<std::string> names;
  const char* name = nullptr;
  while (git_reference_next_name(&name, references.get()) == 0) {
    std::string branch = name + kHeads.size();
    if (is_utf8(branch)) names.push_back(std::move(branch));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());  // loose and packed
  return names;
}

Result<std::optional<CommitId>> Repository::head_of(std::string_view branch) const {
  std::string reference = TRY(branch_reference(branch));
  auto lease = TRY(objects_->lease());
  git_oid oid;
  Status found =
      call("read branch", git_reference_name_to_id, &oid, lease.repository(), reference.c_str());
  if (found) return std::optional(from_git<CommitId>(oid));
  if (found.error().code != ErrorCode::kNotFound) return std::move(found).error();
  auto head =
      TRY(make<ReferenceHandle>("read HEAD", git_reference_lookup, lease.repository(), "HEAD"));
  const char* target = git_reference_symbolic_target(head.get());
  if (target && reference == target) return std::optional<CommitId>();
  return not_found("there is no branch '" + printable(branch, 100) + "'");
}

Result<CommitId> Repository::resolve(std::string_view text) const {
  if (text.empty() || text.size() > 1024 || text.find('\0') != std::string_view::npos) {
    return no_such_commit(text);
  }
  return objects_->with_lease(
      [&](const HandlePool::Lease& lease) { return resolve_with(lease, text); });
}

Result<CommitRecord> Repository::read_commit(const CommitId& commit) const {
  return objects_->read_commit(commit);
}

Status Repository::refresh() const {
  objects_->forget_handles();
  return {};
}

}  // namespace stet::storage
