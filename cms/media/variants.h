// Smaller versions of a site's pictures, by the paths that pages link to: made when somebody first
// asks, and kept by their names, which tell their content.
//
// A path is looked up in a site: the picture, with that very content, must be there, and the width
// be one of the site's; so nobody can have more made than pages could show. Threads: any; who asks
// for the same one at the same time waits for the first.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cms/image/variant_maker.h"
#include "cms/publish/picture_store.h"
#include "cms/site/pictures.h"
#include "cms/site/site.h"

namespace stet::media {

struct Variant {
  std::string source;  // the picture's path in the repository
  std::string path;    // the variant's output path
  image::Recipe recipe;
};

// Those that the picture at a path of the site has.
std::vector<Variant> variants_of(const site::Site& site,
                                 site::Pictures& pictures,
                                 std::string_view source);

// The one of that output path; none: the site has no such picture, with that content, in that
// width.
std::optional<Variant> find_variant(const site::Site& site,
                                    site::Pictures& pictures,
                                    std::string_view output_path);

// The output paths of variants that a page links to, as it names them: below `baseurl`, or not.
std::vector<std::string> variant_links(std::string_view page, std::string_view baseurl);

class VariantSource {
 public:
  using Bytes = std::shared_ptr<const std::string>;

  // `store` null: nothing is kept.
  VariantSource(image::VariantMaker& maker,
                publish::PictureStore* store,
                std::shared_ptr<site::Pictures> pictures)
      : maker_(maker), store_(store), pictures_(std::move(pictures)) {}

  site::Pictures& pictures() const { return *pictures_; }

  // One that was made already, of whatever content: pages of older publications link to it. Null:
  // none was.
  Bytes find_made(std::string_view output_path);

  // kInvalidInput: it cannot be made of this picture, now or later. kUnavailable: not now.
  Result<Bytes> get(const site::Site& site, const Variant& variant);

 private:
  static constexpr std::size_t kFailedMax = 10'000;
  // So often is a picture tried whose process was ended before it was done: that may be the
  // machine's fault, or the picture's.
  static constexpr int kTriesMax = 3;

  struct Failure {
    std::string why;
    int tries = 0;
  };

  // Why it is not tried again; none: it is.
  std::optional<std::string> reason_against(const std::string& key) const;
  void note_failure(const std::string& key, const Error& error);

  image::VariantMaker& maker_;
  publish::PictureStore* const store_;
  const std::shared_ptr<site::Pictures> pictures_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::set<std::string> at_work_;
  std::map<std::string, Failure> failed_;  // by key
};

}  // namespace stet::media
