// Brings what the public sees to a commit: diff -> site -> dirty pages -> render -> publish.
//
// The diff always runs from the commit that is rendered to the new one, never from parent to child:
// so a crash, a skipped commit or a force-push is healed by the same call. Threads: every method
// from any thread; publications are made one at a time, and a caller whose commit another
// publication has already covered gets that one's answer. Failure: content that cannot be rendered
// is a problem, and the page's last good rendition stays; an error of the call leaves what was
// live. Where the commit that is rendered is no longer there to compare with (a backup was put
// back, git has pruned), all pages are rendered anew.
//
// Where a change concerns many pages they become stale: rendered when a reader asks (freshen), the
// rest by and by (fill), neither under the lock. What a newer change overtakes is dropped. Where a
// site shows its schedule as it was released (released_program.h), there are two sites of a commit:
// what is rendered is the public's, and the other is what people work on. Sources:
// pipeline.cc (publications), render_batch.cc, stale_pages.cc, past_pages.cc, audit.cc, preview.cc,
// other_states.cc.
#pragma once

#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "cms/dirty/graph.h"
#include "cms/dirty/wave.h"
#include "cms/pipeline/demand.h"
#include "cms/pipeline/fill_order.h"
#include "cms/pipeline/freshener.h"
#include "cms/pipeline/news.h"
#include "cms/pipeline/page_problems.h"
#include "cms/pipeline/released_program.h"
#include "cms/pipeline/saved_files.h"
#include "cms/pipeline/saved_state.h"
#include "cms/pipeline/versions.h"
#include "cms/publish/publisher.h"
#include "cms/publish/store.h"
#include "cms/render/renderer.h"
#include "cms/site/builder.h"
#include "storage/base/clock.h"
#include "storage/base/progress.h"
#include "storage/git/repository.h"

namespace stet::pipeline {

struct PipelineOptions {
  site::BuilderOptions site;
  liquid::Limits limits;
  std::shared_ptr<sass::Compiler> sheets;  // null: a sheet of Sass is a problem
  std::shared_ptr<site::Pictures> pictures = std::make_shared<site::Pictures>();
  std::shared_ptr<const storage::LargeFiles> files = {};  // null: all are read into memory
  unsigned threads = 1;                                   // that render, beside the caller's
  std::size_t eager_pages_max = 64;  // dirty pages beyond these become stale and are filled later
  Fingerprint settings;              // of all of the above and the program's version
  std::uint64_t rendition_bytes_max = render::Renditions::kBytesMax;
  std::uint64_t text_bytes_max = site::Texts::kBytesMax;  // of the site's files, in memory
  std::filesystem::path state_folder = {};  // of the publisher; empty: a restart renders all
  std::function<void(std::string_view)> note = {};  // of what an operator should know
  Tell tell = {};
  std::shared_ptr<Progress> progress = {};  // of whole sites; null: nobody looks
  // Somebody sets the clock, and means it: where it goes back, all pages are rendered anew.
  bool may_go_back = false;
  // Whether the clock is another server's, which says at which instant each of its publications is:
  // then it may go back as well, and a commit is published again where its instant is another. May
  // be empty: it is not.
  std::function<bool()> is_time_told = {};
};

// How the first publication of this process came about.
struct Start {
  bool is_warm = false;      // what the last process knew was taken over
  std::string why_cold;      // a sentence, where it was not
  std::size_t nodes = 0;     // pages and renditions that were known
  std::size_t rendered = 0;  // pages that had to be
  std::int64_t took_ns = 0;
};

// A state of the site that need not be live.
struct Standing {
  site::SitePtr site;
  CommitId commit;  // whose files it is made of
};

// The public site as another commit would have it, laid over the one that is live: what differs is
// stale in `shown`, and so is what is stale there; all else is what `ground` shows. Immutable.
struct BranchView {
  CommitId commit;
  site::SitePtr site;
  publish::LivePointer ground;                   // a publication
  publish::LivePointer shown;                    // of the ground's number: it is none itself
  std::set<std::string, std::less<>> differing;  // output paths
};
using BranchViewPtr = std::shared_ptr<const BranchView>;

// What a commit of these edits would do. Nothing is written.
struct Preview {
  site::SitePtr site;
  site::SitePtr shown;                             // to the public, of which `pages` are
  site::SitePtr ground;                            // the public site that the edits were laid over
  std::shared_ptr<render::Renditions> renditions;  // what differs from those of the live site
  std::vector<DirtyPage> pages;
  std::vector<std::string> removed_urls;
  Problems problems;  // of the files edited
};

// Why a page was last rendered, and what it depends on, in sentences.
struct Explanation {
  std::string path, source;
  dirty::Reasons reasons;
  std::vector<std::string> reads;
  // The HTML of documents that the page prints, and what its making has read.
  struct Printed {
    std::string name;  // "content of _posts/x.md"
    std::vector<std::string> reads;
  };
  std::vector<Printed> prints;
  bool is_stale = false;
  Problems problems;
};

// What an audit has found of one page.
struct Audit {
  std::string path, url;
  bool is_mismatch = false;         // the live bytes were wrong, or a rendition that it prints
  std::vector<std::string> missed;  // reads that nobody had recorded, in sentences
};

class Pipeline {
 public:
  Pipeline(const storage::Repository& repository,
           publish::Store& store,
           publish::Publisher& publisher,
           const Clock& clock,
           PipelineOptions options);
  // Of what is no repository, such as a working folder.
  Pipeline(std::unique_ptr<const Versions> versions,
           publish::Store& store,
           publish::Publisher& publisher,
           const Clock& clock,
           PipelineOptions options);
  ~Pipeline();

  // Makes this commit live, or a later one of its branch that already is. The first call renders
  // all.
  Result<PublishedPtr> publish(const CommitId& commit);

  // Makes the branch's newest commit live: read when it is this call's turn, so that of several
  // callers none takes the site back behind another; or read since it was called, for one who
  // waited meanwhile. kNotFound: the branch has no commit.
  Result<PublishedPtr> publish_head(std::string_view branch);

  // Whether what is live may be shown before the first publication of this process: it is of these
  // settings and of this repository. (Of a theme outside of the repository nobody can say yet.)
  bool is_live_trusted() const;
  // None before the first publication.
  std::optional<Start> start() const;

  // Publishes what time alone has changed since; null where nothing has.
  Result<PublishedPtr> pass_time();
  std::optional<Instant> next_moment() const;

  // Whether stale pages can be rendered: not before the first publication of this process, unless
  // it has taken over the last one's.
  bool is_ready() const { return freshener_.current() != nullptr; }

  // The page that is live at the output path, rendered now where it is stale; as it last was where
  // it cannot be. Waits for no publication. kNotFound: there is no such page. kInternal: it cannot
  // be rendered, and never was. kUnavailable: it is_ready() not.
  Result<publish::Page> freshen(std::string_view output_path);

  // Renders a page of which the store has lost the bytes. Errors as freshen().
  Status mend(std::string_view output_path);

  // Publishes the files whose objects Git LFS has brought since they were to be published; how
  // many. Costs a look at each page that has a problem.
  Result<std::size_t> take_late_files();

  // Renders up to `pages_max` stale pages, for about that long; how many are still stale. In order:
  // those that link to what was edited, those that readers ask for, the rest. A publication that
  // waits ends it at once, and so does a page that cannot be stored: the error is the store's.
  Result<std::size_t> fill(std::size_t pages_max, std::int64_t ns_max = INT64_MAX);
  Demand& demand() { return demand_; }

  // A page of a kept publication, which may be long past. Where it was stale then, the site of then
  // is built, at the cost of a build, and kept until another one is asked for.
  Result<publish::Page> page_of_past(const publish::LivePointer& past, std::string_view path);

  // The site of another commit of the repository, at the live instant, made of the live one and
  // what differs. kNotFound: no such commit. kUnavailable: nothing is published yet.
  Result<site::SitePtr> site_at(const CommitId& commit) const;

  // The same, made of a site that is known: quick where little differs between the two.
  Result<site::SitePtr> site_at(const CommitId& commit, const Standing& ground) const;

  // The site that edits would make of another; of the live one too. Waits for no publication.
  Result<site::SitePtr> site_with(const Standing& ground,
                                  const std::map<RepoPath, std::optional<std::string>>& edits,
                                  const std::map<RepoPath, BlobId>& stored = {}) const;

  // What the public would see of another commit, were all of it released. Waits for a publication
  // that is being made, and renders what it must to know which pages differ, but not these.
  // kUnavailable: nothing is published yet, or the last publication failed.
  Result<BranchViewPtr> view_of(const Standing& standing) const;

  // A page of any site of the repository's, rendered of nothing but the site; nothing is kept.
  Result<render::RenderedPage> render_apart(const site::SitePtr& site, std::string_view path) const;
  // The same, and stored; no manifest has it. kInternal: it cannot be rendered.
  Result<publish::Page> store_apart(const site::SitePtr& site, std::string_view path) const;

  // Renders a page once more of nothing but the site, and compares: what `random` picks, none where
  // it picked a stale one. What is wrong is mended, and so are the pages that print it.
  Result<std::optional<Audit>> audit(std::uint64_t random);

  // Both need a first publication (kUnavailable before it).
  // `stored`: contents by their names alone, which need not be anywhere yet: pages that show them
  // are known to differ.
  Result<Preview> preview(const std::map<RepoPath, std::optional<std::string>>& edits,
                          const std::map<RepoPath, BlobId>& stored = {}) const;
  // One document rendered as the edits would have it: its page's bytes.
  Result<render::RenderedPage> preview_page(const Preview& preview,
                                            std::string_view output_path) const;

  // kNotFound: no page of that output path.
  Result<Explanation> explain(std::string_view output_path) const;

  // The HTML of the body, or of the excerpt, of the document that a file of the repository is,
  // public or not, on any site of the repository's. Waits for no publication. kNotFound: it is no
  // document.
  enum class Part { kBody, kExcerpt };
  Result<std::string> html_of(const site::SitePtr& site, std::string_view path, Part part) const;

  // Site and commit as they belong together; none before the first publication.
  std::optional<Standing> standing() const;
  std::optional<Standing> public_standing() const;
  // Null before the first publication. Never waits for a publication. `public_site` is another one
  // where work on the schedule is held back until it is released.
  site::SitePtr site() const;
  site::SitePtr public_site() const;
  std::optional<CommitId> commit() const;
  Problems problems() const;                                 // of the site's files and of its pages
  Problems problems_of(std::string_view output_path) const;  // as last rendered
  Counts counts() const;
  // A publication waits or is being made.
  bool is_busy() const { return turns_ > 0; }

 private:
  friend class PlantedFault;  // of tests: makes it forget what was read

  // What there is to do after the site has moved on: pages by output path, with reasons.
  struct Work {
    std::map<std::string, dirty::Reasons> dirty;
    std::vector<std::string> removed;
    std::set<std::string> first;  // of `dirty`: the pages of what was edited
    bool replaces_all = false;
    Timings timings;
  };
  struct Rendered {
    std::vector<publish::Change> changes;
    std::vector<std::string> changed_urls;
  };
  // A publication that waits or is at work; fill() gives way to it.
  class Turn {
   public:
    explicit Turn(const Pipeline& pipeline) : pipeline_(pipeline) {
      ++pipeline_.turns_;
      pipeline_.mutex_.lock();
    }
    ~Turn() {
      pipeline_.mutex_.unlock();
      --pipeline_.turns_;
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    const Pipeline& pipeline_;
  };

  Result<PublishedPtr> publish_locked(const CommitId& commit);
  Result<PublishedPtr> first_publication(const CommitId& commit);
  Result<Work> begin(const CommitId& commit, const std::string& reason);
  bool is_lost(const CommitId& rendered, const CommitId& wanted) const;
  bool is_live_already(const CommitId& commit) const;
  bool is_set_back() const;
  Result<Work> advance(const CommitId& commit, Instant instant);
  Result<Rendered> render(const std::vector<std::string>& paths);
  Rendered take_in(std::vector<MadePage> pages);
  Result<PublishedPtr> make_live(Work work);
  Status settle();
  Status make_live(Work& work, Published& published);
  std::vector<publish::Change> make_stale(const std::vector<std::string>& paths);
  std::set<std::string> linking_to(const std::set<std::string>& pages) const;

  // What leads from the live site to another; under the lock.
  struct Foreseen {
    site::Advanced advanced;
    std::shared_ptr<render::Renditions> renditions;
    std::vector<DirtyPage> pages;
  };
  Result<Foreseen> foresee(const storage::Diff& diff, site::SiteSource source) const;
  // A commit as the public sees it, and as it is: one and the same where nothing is held back.
  struct Sites {
    site::SitePtr shown, whole = {};
    Face face = {};
  };
  Result<Sites> sites_of(const CommitId& commit, site::SiteSource source) const;
  Result<MadePage> make_apart(const site::SitePtr& site, const std::string& path) const;
  Status absorb();
  Status fill_in(const std::vector<publish::Change>& changes);
  Result<Audit> compare(MadePage made, const publish::Page& shown);
  std::vector<std::string> sentences_of(const reads::Reads& reads) const;
  void forget_printers(dirty::NodeId rendition, std::vector<std::string>& pages);
  bool mend_renditions(MadePage& made, Audit& audit, std::vector<std::string>& wrong);
  struct PastSite {
    std::uint64_t number = 0;  // of the publication
    site::SitePtr site;        // null: that publication was of other settings
    std::map<std::string, publish::Page, std::less<>> pages = {};  // that have been asked for
  };
  Result<PastSite*> site_of_past(const publish::Live& past);
  Result<PastSite> build_past(const publish::Live& past) const;

  Result<site::SiteSource> source_of(const CommitId& commit, Instant instant) const;
  void set_site(Sites sites, const CommitId& commit);
  void forget_vanished(const site::Changes& changes);
  void note_fresh_renditions();
  Result<publish::LivePointer> publish_changes(const std::vector<publish::Change>& changes,
                                               bool replaces_all);
  Fingerprint settings_of(const site::Site& site) const;
  render::Tools tools(render::Renditions& renditions) const;

  // resume.cc: what one process hands to the next.
  Result<std::size_t> resume();
  Status check_fits(const SavedSite& saved,
                    const site::Site& site,
                    const publish::Live& base) const;
  void take_over(SavedSite saved);
  // The site has moved on, and this could not be done for it.
  void owe(const Work& work);
  std::vector<publish::Change> with_carried(std::vector<publish::Change> changes);
  void save(const publish::Live& newest, bool is_whole);
  SavedNode saved_node(dirty::NodeId node, bool keeps_reads) const;

  const std::unique_ptr<const Versions> versions_;
  publish::Store& store_;
  publish::Publisher& publisher_;
  const Clock& clock_;
  const std::shared_ptr<SavedFiles> saved_files_;  // null: nothing is kept
  const PipelineOptions options_;
  const ReleasedProgram program_;

  mutable reads::Names names_;
  mutable std::mutex mutex_;  // held by everything that changes what follows
  mutable site::Builder builder_;
  dirty::Graph graph_;
  mutable render::Templates templates_;
  mutable render::Renditions renditions_;
  mutable render::Instants instants_;
  // These two are also read under this mutex alone, which is held for no more than copying them.
  mutable std::mutex site_mutex_;
  site::SitePtr site_;   // as the public sees it
  site::SitePtr whole_;  // as it is
  std::optional<CommitId> commit_;
  Face face_;
  storage::LastChanged last_changed_;
  std::set<std::string> stale_;
  PageProblems page_problems_;
  std::map<std::string, dirty::Reasons, std::less<>> last_reasons_;
  PublishedPtr last_;                  // null: the next call must publish, whatever the commit
  std::unique_ptr<SavedState> saved_;  // null: nothing is
  std::set<dirty::NodeId> noted_;      // pages of which something is to be saved beside their reads
  // By output path: what the next publication must say beside what it renders, for a publication
  // failed, or what is live was published after what was saved.
  std::map<std::string, publish::Change, std::less<>> carried_;
  bool is_all_owed_ = false;  // the next publication replaces all
  std::optional<Start> start_;

  std::atomic<std::uint64_t> heads_read_{0};  // counts up under mutex_
  struct {
    std::uint64_t head = 0;  // the one of heads_read_ that was last published
    std::string branch;
  } covered_;
  mutable std::atomic<int> turns_{0};
  // The site that `renditions_` are right for; null while they change.
  std::atomic<const site::Site*> rendered_site_{nullptr};
  Freshener freshener_;
  Demand demand_;
  std::mutex fill_mutex_;  // held by fill()
  FillOrder fill_order_;
  std::mutex past_mutex_;           // held while a site of the past is built
  std::list<PastSite> past_sites_;  // what was asked for last comes first
  mutable struct {
    std::atomic<std::uint64_t> publications{0}, rendered{0}, freshened{0}, overtaken{0}, audited{0},
        mismatches{0}, missed_reads{0};
    std::atomic<std::int64_t> diff_ns{0}, dirty_ns{0}, render_ns{0}, publish_ns{0};
  } counts_;
};

}  // namespace stet::pipeline
