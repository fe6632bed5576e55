// libgit2's C handles with owners, and its errors as ours.
//
// One alias a C type over unique_ptr. make<Handle>() calls a function whose first parameter is
// where the new handle goes; call() any other that answers an int. Both copy git_error_last() at
// once: it is a thread's own, may be null, and may be stale. Handles never leave storage/. Threads:
// a git_repository, and whatever came out of it, belongs to one thread at a time.
#pragma once

#include <git2.h>

#include <memory>
#include <string_view>
#include <utility>

#include "storage/base/object_id.h"
#include "storage/base/result.h"

namespace stet::storage {

template <auto Free>
struct HandleDeleter {
  template <typename T>
  void operator()(T* handle) const {
    Free(handle);
  }
};
template <typename T, auto Free>
using Handle = std::unique_ptr<T, HandleDeleter<Free>>;

using RepositoryHandle = Handle<git_repository, git_repository_free>;
using OdbHandle = Handle<git_odb, git_odb_free>;
using OdbObjectHandle = Handle<git_odb_object, git_odb_object_free>;
using ObjectHandle = Handle<git_object, git_object_free>;
using CommitHandle = Handle<git_commit, git_commit_free>;
using ReferenceHandle = Handle<git_reference, git_reference_free>;
using ReferenceIteratorHandle = Handle<git_reference_iterator, git_reference_iterator_free>;
using IndexerHandle = Handle<git_indexer, git_indexer_free>;

// What libgit2's code means, with its own words where it has some.
Error error_of_git(int code, std::string_view doing);

template <typename Function, typename... Args>
Status call(std::string_view doing, Function function, Args... args) {
  git_error_clear();
  int code = function(args...);
  if (code < 0) return error_of_git(code, doing);
  return {};
}

template <typename NewHandle, typename Function, typename... Args>
Result<NewHandle> make(std::string_view doing, Function function, Args... args) {
  typename NewHandle::pointer raw = nullptr;
  TRY(call(doing, function, &raw, args...));
  return NewHandle(raw);
}

template <typename Id>
git_oid to_git(const Id& id) {
  git_oid oid;
  static_assert(sizeof oid.id == Id::kBytes);
  std::copy(id.bytes().begin(), id.bytes().end(), oid.id);
  return oid;
}

template <typename Id>
Id from_git(const git_oid& oid) {
  std::array<std::uint8_t, Id::kBytes> bytes;
  std::copy(oid.id, oid.id + Id::kBytes, bytes.begin());
  return Id(bytes);
}

// As many packs are open at a time, in all repositories of the process: a storm of writes makes
// more than a process may have descriptors, before git has joined them. One that is wanted again is
// opened again.
inline constexpr std::size_t kOpenPacksMax = 256;

// Starts libgit2, once a process, with what stet asks of it: references and packs are fsynced, and
// no configuration is read but a repository's own. Called by whoever touches libgit2 first.
void ensure_library();

// The id of an object of these bytes, whether or not it is stored. Collisions made by hand are
// detected, as git does.
template <typename Id>
Id hash_object(git_object_t type, std::string_view bytes) {
  ensure_library();
  git_oid oid{};
  git_odb_hash(&oid, bytes.data(), bytes.size(), type);
  return from_git<Id>(oid);
}

}  // namespace stet::storage
