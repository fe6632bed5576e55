// The public origin: what is live, and nothing else.
//
// GET and HEAD of pages by the rules of `jekyll serve`, with strong ETags (the content's hash),
// 304, single ranges, 301 for a missing slash, and the site's own 404.html. What the client takes
// as gzip or Brotli travels so, under a tag of its own; parts are of the plain bytes, unless
// If-Range names another form. A page is there with and without the site's `baseurl` in front.
// Other methods are 405; there is no API here, but for /search where the site wants it
// (public_search.h).
//
// Each answer is of one publication, and none is of an older one than an answer that was sent
// before it was asked for (but for a rollback, which is an older site on purpose). A page's files
// may be of a newer publication than the page; those with a fingerprint in their name are found as
// long as a publication that had them is kept. Threads: any. What lies in memory is answered on the
// reactor thread; the disk and stale pages, which are rendered before they are shown, wait on the
// workers. Failure: a stale page that cannot be rendered is shown as it last was, or is a 500 where
// it never was. Before the process has the site, what is live can be shown already, but for its
// stale pages (503). A page whose bytes the store has lost is rendered again.
#pragma once

#include "api/http/server.h"
#include "api/routes/public_search.h"
#include "cms/media/variants.h"
#include "cms/pipeline/pipeline.h"
#include "cms/publish/publisher.h"
#include "cms/publish/resolve.h"
#include "cms/publish/store.h"
#include "cms/publish/variants.h"

namespace stet::api {

class PublicSite final : public http::Handler {
 public:
  // All must outlive it.
  PublicSite(pipeline::Pipeline& pipeline,
             publish::Publisher& publisher,
             publish::Store& store,
             publish::Variants& variants)
      : pipeline_(pipeline), publisher_(publisher), store_(store), variants_(variants) {}

  // Before anybody asks; null: there is none. It must outlive this.
  void set_search(PublicSearch* search) { search_ = search; }
  // Smaller versions of pictures are found there from here on; before anything is answered.
  void show_variants(media::VariantSource* pictures) { pictures_ = pictures; }

  void handle(http::Request request, http::Responder responder) override;
  // None where the disk would have to be read, or something rendered.
  std::optional<http::Response> answer_at_once(const http::Request& request) override;
  std::uint64_t body_bytes_max(const http::Request&) const override { return 64 * 1024; }

  // The same as handle(), as a function.
  http::Response answer(const http::Request& request);

 private:
  bool is_in_memory(const http::Request& request, const publish::ManifestEntry& entry) const;
  http::Response answer_with(const http::Request& request,
                             const publish::Live& live,
                             const publish::Resolution& found);
  http::Response searched(const http::Request& request, const publish::Live& live);
  std::optional<http::Response> kept_asset(const http::Request& request);
  std::optional<http::Response> variant(const http::Request& request, const publish::Live& live);
  http::Response page(const http::Request& request,
                      const publish::OutputPath& path,
                      const publish::ManifestEntry& entry);
  http::Response not_found(const http::Request& request, const publish::Manifest& manifest);

  pipeline::Pipeline& pipeline_;
  publish::Publisher& publisher_;
  publish::Store& store_;
  publish::Variants& variants_;
  PublicSearch* search_ = nullptr;
  media::VariantSource* pictures_ = nullptr;
};

}  // namespace stet::api
