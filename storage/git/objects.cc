#include "storage/git/objects.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

namespace stet::storage {
namespace {

constexpr std::size_t kLargeBytes = std::size_t{1} << 20;

// A copy of an object's bytes. libgit2 can only lend them, and keeps large ones for nobody else:
// so what has been copied is given back to the system on the way, and a large content is in memory
// once and not twice.
std::string copy_of(git_odb_object* object) {
  const char* bytes = static_cast<const char*>(git_odb_object_data(object));
  std::size_t size = git_odb_object_size(object);
  if (size <= kLargeBytes) return std::string(bytes, size);
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  std::string copy;
  copy.reserve(size);
  std::size_t given = (page - reinterpret_cast<std::uintptr_t>(bytes) % page) % page;
  while (copy.size() < size) {
    copy.append(bytes + copy.size(), std::min(kLargeBytes, size - copy.size()));
    std::size_t pages = copy.size() > given ? (copy.size() - given) / page * page : 0;
    if (pages == 0) continue;
    ::madvise(const_cast<char*>(bytes) + given, pages, MADV_DONTNEED);
    given += pages;
  }
  return copy;
}

Result<std::string> read_object(const HandlePool::Lease& lease,
                                const git_oid& oid,
                                git_object_t type,
                                std::uint64_t bytes_max) {
  std::size_t size = 0;
  git_object_t found = GIT_OBJECT_INVALID;
  TRY(call("read object", git_odb_read_header, &size, &found, lease.odb(), &oid));
  if (found != type) {
    return not_found(std::string("the object is a ") + git_object_type2string(found) + ", not a " +
                     git_object_type2string(type));
  }
  if (size > bytes_max) {
    return invalid_input("the content has " + std::to_string(size) + " bytes, more than " +
                         std::to_string(bytes_max));
  }
  auto object = TRY(make<OdbObjectHandle>("read object", git_odb_read, lease.odb(), &oid));
  return copy_of(object.get());
}

Signature to_signature(const git_signature* from) {
  Signature signature;
  if (!from) return signature;
  signature.name = from->name ? from->name : "";
  signature.email = from->email ? from->email : "";
  signature.when.seconds = from->when.time;
  signature.when.offset_seconds = from->when.offset * 60;
  return signature;
}

Result<CommitRecord> read_record(const HandlePool::Lease& lease, const CommitId& id) {
  git_oid oid = to_git(id);
  auto commit = TRY(make<CommitHandle>("read commit", git_commit_lookup, lease.repository(), &oid));
  const git_commit* from = commit.get();
  CommitRecord record;
  record.id = id;
  record.tree = from_git<TreeId>(*git_commit_tree_id(from));
  for (unsigned i = 0; i < git_commit_parentcount(from); ++i) {
    record.parents.push_back(from_git<CommitId>(*git_commit_parent_id(from, i)));
  }
  record.author = to_signature(git_commit_author(from));
  record.committer = to_signature(git_commit_committer(from));
  if (const char* message = git_commit_message(from)) record.message = message;
  return record;
}

}  // namespace

Result<TreePtr> Objects::read_tree(const TreeId& id) {
  if (TreePtr cached = trees_.find(id)) return cached;
  git_oid oid = to_git(id);
  auto raw = with_lease([&](const HandlePool::Lease& lease) {
    return read_object(lease, oid, GIT_OBJECT_TREE, UINT32_MAX);
  });
  if (!raw) return std::move(raw).error().within("tree " + id.hex());
  auto tree = Tree::parse(*std::move(raw));
  if (!tree) return std::move(tree).error().within("tree " + id.hex());
  auto parsed = std::make_shared<const Tree>(*std::move(tree));
  trees_.add(id, parsed);
  return TreePtr(parsed);
}

void Objects::remember(const BlobId& id, std::string_view content) {
  if (content.size() > kRememberedBlobBytesMax) return;
  blobs_.put(id, std::make_shared<const std::string>(content), content.size());
}

void Objects::remember(CommitRecord commit) {
  const CommitId id = commit.id;
  std::size_t bytes = sizeof commit + commit.message.size() + commit.parents.size() * 20;
  commits_.put(id, std::make_shared<const CommitRecord>(std::move(commit)), bytes);
}

Result<std::string> Objects::read_blob(const BlobId& id, std::uint64_t bytes_max) {
  if (auto cached = blobs_.find(id); cached && cached->size() <= bytes_max) return *cached;
  git_oid oid = to_git(id);
  auto bytes = with_lease([&](const HandlePool::Lease& lease) {
    return read_object(lease, oid, GIT_OBJECT_BLOB, bytes_max);
  });
  if (!bytes) return std::move(bytes).error().within("blob " + id.hex());
  return bytes;
}

Result<std::uint64_t> Objects::blob_size(const BlobId& id) {
  git_oid oid = to_git(id);
  return with_lease([&](const HandlePool::Lease& lease) -> Result<std::uint64_t> {
    std::size_t size = 0;
    git_object_t found = GIT_OBJECT_INVALID;
    TRY(call("read object", git_odb_read_header, &size, &found, lease.odb(), &oid));
    if (found != GIT_OBJECT_BLOB) return not_found("blob " + id.hex() + " is none");
    return std::uint64_t{size};
  });
}

Result<CommitRecord> Objects::read_commit(const CommitId& id) {
  if (auto cached = commits_.find(id)) return *cached;
  auto record = with_lease([&](const HandlePool::Lease& lease) { return read_record(lease, id); });
  if (!record) return std::move(record).error().within("commit " + id.hex());
  return record;
}

}  // namespace stet::storage
