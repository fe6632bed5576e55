#include "storage/commit/detached_commits.h"

#include <limits>

#include "storage/commit/commit_chain.h"
#include "storage/commit/pack_writer.h"
#include "storage/commit/prepared_change.h"
#include "storage/snapshot/blob_id.h"

namespace stet::storage {

Result<std::vector<BlobId>> DetachedCommits::write_blobs(
    std::span<const std::string_view> contents) {
  std::vector<BlobId> ids;
  StagedObjects staged(repository_.objects());
  for (std::string_view content : contents) {
    ids.push_back(blob_id_of(content));
    auto size = repository_.objects().blob_size(ids.back());
    if (!size && size.error().code != ErrorCode::kNotFound) return std::move(size).error();
    if (!size) staged.add_blob(ids.back(), content);
  }
  if (staged.all().empty()) return ids;
  kept_.push_back(TRY(write_pack(repository_.path(), staged.all())));
  return ids;
}

Result<Committed> DetachedCommits::commit(const std::optional<CommitId>& parent,
                                          ChangeSet change_set,
                                          const Signature& committer) {
  CommitLimits limits;
  limits.edits_max = std::numeric_limits<std::size_t>::max();
  PreparedChange change = TRY(prepare(std::move(change_set), limits));
  CommitChain chain = TRY(CommitChain::start(repository_, parent));
  Committed made = TRY(chain.add(change, TRY(signature_line(committer))));
  if (made.is_unchanged) return made;
  kept_.push_back(TRY(write_pack(repository_.path(), chain.objects().all())));
  chain.objects().remember();
  return made;
}

}  // namespace stet::storage
