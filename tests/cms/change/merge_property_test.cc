// Whichever way an edit of an older state comes in, by the API's own merge or as a push that the
// server merges, the site is the same afterwards.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "cms/change/merge_into.h"
#include "cms/change/write.h"
#include "cms/document/document.h"
#include "cms/document/edit.h"
#include "cms/site/builder.h"
#include "storage/commit/commit_chain.h"
#include "storage/commit/pack_writer.h"
#include "storage/snapshot/git_snapshot.h"
#include "tests/storage/git/test_repository.h"

namespace stet::change {
namespace {

using document::Data;

constexpr Instant kNow{1717243200};
constexpr int kClients = 3, kPosts = 2, kLines = 3;

std::string name_of(int post) { return "2020-01-0" + std::to_string(post + 1) + "-p"; }
RepoPath path_of_post(int post) { return storage::path_of("_posts/" + name_of(post) + ".md"); }

const std::string kFirst =
    "---\ntitle: T # kept\ntags: [a, b]\nh:\n  k: 0\n---\n\nline 0\n\nline 1\n\nline 2\n";

// One client's edit of one post, of the state that the client has seen last.
struct Step {
  int client = 0, post = 0, field = 0, value = 0;
  bool is_push = false, has_synced = false;
};

void showValue(const Step& step, std::ostream& out) {  // NOLINT: the name is rapidcheck's
  out << "client " << step.client << (step.has_synced ? " synced, " : ", ")
      << (step.is_push ? "pushes" : "patches") << " field " << step.field << " of " << step.post
      << " to " << step.value << "\n";
}

rc::Gen<Step> steps() {
  return rc::gen::build<Step>(rc::gen::set(&Step::client, rc::gen::inRange(0, kClients)),
                              rc::gen::set(&Step::post, rc::gen::inRange(0, kPosts)),
                              rc::gen::set(&Step::field, rc::gen::inRange(0, 4 + kLines)),
                              rc::gen::set(&Step::value, rc::gen::inRange(0, 3)),
                              rc::gen::set(&Step::is_push),
                              rc::gen::set(&Step::has_synced));
}

// As `stet` edits and as somebody edits who has the file.
document::Edit edit_of(const Step& step, const std::string& seen) {
  document::Edit edit;
  std::string value = std::to_string(step.value);
  switch (step.field) {
    case 0: edit.front_matter_patch = Data::Map{{"title", "T" + value}}; break;
    case 1: edit.front_matter_patch = Data::Map{{"lead", "L" + value}}; break;
    case 2: edit.front_matter_patch = Data::Map{{"tags", Data::List{"b", "t" + value}}}; break;
    case 3:
      edit.front_matter_patch = Data::Map{{"h", Data::Map{{"k" + value, step.client}}}};
      break;
    default: {
      std::string body(document::parse_document(seen, "").body(seen));
      std::size_t line = 0;
      for (int i = 4; i < step.field; ++i) line = body.find("\n\n", line) + 2;
      body.replace(line, body.find('\n', line) - line, "text " + value);
      edit.body = body;
    }
  }
  return edit;
}

// One repository for all runs; each run has branches of its own.
class World {
 public:
  World() {
    storage::TestRepository::Files files = {{"_config.yml", "title: S\n"}};
    for (int post = 0; post < kPosts; ++post) files[path_of_post(post).string()] = kFirst;
    first_ = test_.commit(files);
  }

  std::unique_ptr<storage::Committer> branch() {
    storage::CommitterSettings settings;
    settings.branch = "run" + std::to_string(++branches_);
    test_.git({"branch", settings.branch, first_.hex()});
    return storage::Committer::open(test_.repository(), settings, clock_).value();
  }
  CommitId first() const { return first_; }
  const storage::Repository& repository() const { return test_.repository(); }

  CommitId head(const storage::Committer& committer) const {
    return repository().head_of(committer.branch()).value().value();
  }
  std::string read(const CommitId& commit, int post) const {
    auto files = storage::open_git_snapshot(repository(), commit).value();
    return files->read(files->find(path_of_post(post)).value()->blob).value();
  }

  // False: it is refused for conflicts.
  bool patch(storage::Committer& committer, const CommitId& seen, const Step& step) const {
    auto files = storage::open_git_snapshot(repository(), head(committer)).value();
    reads::Names names;
    site::Builder builder({}, names);
    auto site = builder.build({files, kNow, {}}).value();
    auto old = storage::open_git_snapshot(repository(), seen).value();
    Ground ground{*site, [&](const BlobId& blob) { return old->read(blob); }, kNow};
    WriteRequest request;
    request.resource = &resource_of(EntryKind::kPost);
    request.name = name_of(step.post);
    document::Edit edit = edit_of(step, read(seen, step.post));
    request.front_matter_patch = edit.front_matter_patch;
    request.body = edit.body;
    request.expected = old->find(path_of_post(step.post)).value()->blob;
    request.merges_if_stale = true;
    request.author_name = "Ada";
    request.author_email = "ada@x.test";
    auto outcome = prepare_patch(ground, request).value();
    if (std::holds_alternative<Refusal>(outcome)) return false;
    RC_ASSERT(committer.commit(std::get<Prepared>(outcome).change_set).has_value());
    return true;
  }

  bool push(storage::Committer& committer, const CommitId& seen, const Step& step) const {
    std::string before = read(seen, step.post);
    auto after = document::apply_edit(before, "p.md", edit_of(step, before));
    storage::ChangeSet change;
    change.author = {"Bob", "bob@x.test", {}};
    change.message = "A push";
    change.edits = {{path_of_post(step.post), after.value()}};
    auto prepared = storage::prepare(std::move(change), {}).value();
    auto chain = storage::CommitChain::start(repository(), seen).value();
    auto committed = chain.add(prepared, "Bob <bob@x.test> 1600000000 +0000").value();
    RC_ASSERT(storage::write_pack(repository().path(), chain.objects().all()).has_value());
    MergeRequest request{
        .commit = committed.commit, .author = {"Bob", "bob@x.test", {}}, .message = "Merge a push"};
    return merge_into(repository(), committer, request).value().has_landed();
  }

 private:
  storage::TestRepository test_;
  ManualClock clock_{kNow};
  CommitId first_;
  int branches_ = 0;
};

World& world() {
  static World world;
  return world;
}

RC_GTEST_PROP(MergeOfPushes, GivesWhatTheApisOwnMergeGives, ()) {
  auto todo = *rc::gen::container<std::vector<Step>>(
      static_cast<std::size_t>(*rc::gen::inRange(1, 9)), steps());
  World& all = world();
  auto api = all.branch(), mixed = all.branch();
  struct Seen {
    CommitId api, mixed;
  };
  std::vector<Seen> seen(kClients, {all.first(), all.first()});
  for (const Step& step : todo) {
    Seen& mine = seen[static_cast<std::size_t>(step.client)];
    if (step.has_synced) mine = {all.head(*api), all.head(*mixed)};
    bool is_in = all.patch(*api, mine.api, step);
    bool is_merged =
        step.is_push ? all.push(*mixed, mine.mixed, step) : all.patch(*mixed, mine.mixed, step);
    RC_ASSERT(is_in == is_merged);
    for (int post = 0; post < kPosts; ++post) {
      RC_ASSERT(all.read(all.head(*api), post) == all.read(all.head(*mixed), post));
    }
  }
}

}  // namespace
}  // namespace stet::change
