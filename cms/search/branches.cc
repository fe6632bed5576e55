// An index of branches: what each changes, beside the index of what is live.

#include <algorithm>
#include <map>

#include "cms/search/index.h"
#include "cms/search/row_writer.h"

namespace stet::search {
namespace {

// The fact by which a branch is known to be there whole: its head.
constexpr std::string_view kBranchFact = "branch:";

Status remove_rows(File& file, RowWriter& writer, const std::string& branch) {
  std::vector<std::int64_t> ids;
  for (auto& [path, key] : TRY(file.rows(branch))) ids.push_back(key.id);
  std::sort(ids.begin(), ids.end());
  for (std::int64_t id : ids) TRY(writer.remove(id));
  return {};
}

Status add_rows(RowWriter& writer, const std::string& branch, const BranchText& text) {
  for (const std::string& path : text.paths) {
    const site::SourceFile* source = text.site->find_source(path);
    std::optional<Record> record;
    if (source) record = record_of(*text.site, path, *source);
    if (!record) continue;
    record->branch = branch;
    const Fingerprint stamp = stamp_of(*record);
    TRY(read_body(*text.site, *source, *record));
    TRY(writer.add(*record, stamp));
  }
  return {};
}

// null `text`: it is no more.
Status replace(File& file, const Branch& branch, const BranchText* text) {
  const std::string fact = std::string(kBranchFact) + branch.id;
  auto transaction = TRY(storage::Transaction::begin(file.database()));
  {
    RowWriter writer = TRY(RowWriter::open(file));
    TRY(remove_rows(file, writer, branch.id));
    if (text) TRY(add_rows(writer, branch.id, *text));
  }
  TRY(text ? file.set_fact(fact, branch.head.hex()) : file.forget_fact(fact));
  return transaction.commit();
}

}  // namespace

Result<bool> Index::bring_branches_to(
    const std::vector<Branch>& branches,
    const std::function<Result<BranchText>(const Branch& branch)>& text_of,
    const std::function<bool()>& is_over) {
  std::map<std::string, std::string> gone;
  for (auto& [id, head] : TRY(file_->facts(kBranchFact))) gone.emplace(std::move(id), head);
  bool is_whole = true;
  std::vector<const Branch*> moved;
  for (const Branch& branch : branches) {
    auto known = gone.find(branch.id);
    const bool is_known = known != gone.end();
    if (!is_known || known->second != branch.head.hex()) moved.push_back(&branch);
    if (is_known) gone.erase(known);
  }
  for (const auto& [id, head] : gone) TRY(replace(*file_, {.id = id, .head = {}}, nullptr));
  for (const Branch* branch : moved) {
    if (is_over && is_over()) return false;
    auto text = text_of(*branch);
    is_whole = is_whole && text.has_value();
    // What it was is not what it is: rather nothing of it.
    TRY(replace(*file_, *branch, text ? &*text : nullptr));
  }
  return is_whole;
}

Result<bool> Index::follow_branches(
    const std::vector<Branch>& branches,
    const CommitId& served,
    const std::function<Result<BranchText>(const Branch& branch)>& text_of,
    const std::function<bool()>& is_over) {
  std::lock_guard writing(writing_);
  if (is_spoilt_ || !file_) TRY(reset());
  auto done = bring_branches_to(branches, text_of, is_over);
  if (!done) {
    is_spoilt_ = done.error().code == ErrorCode::kInternal;
    return std::move(done).error().within("search");
  }
  TRY(file_->set_fact("commit", served.hex()));
  entries_ = static_cast<std::size_t>(TRY(file_->count_rows()));
  std::lock_guard lock(commit_mutex_);
  commit_ = served;
  return done;
}

}  // namespace stet::search
