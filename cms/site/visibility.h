// What a version of the site shows: puts documents and files into its lists and outputs and takes
// them away, and notes what was touched.
//
// Part of making a site (builder.h): it writes to one that nobody else sees yet. One thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cms/site/filling.h"
#include "cms/site/site.h"
#include "cms/site/site_changes.h"

namespace stet::site {

class Visibility {
 public:
  explicit Visibility(Site& site) : site_(site) {}

  // Between the two things come alone, and nobody looks at the site (filling.h).
  void begin_filling();
  // What makes the maps of what has come, in parts that may be done at once; then end_filling().
  std::vector<std::function<void()>> fillings();
  void end_filling();

  Touched& touched() { return touched_; }

  // All that a file gives. Its documents: not at all if they are drafts, unpublished or over, later
  // if their dates say so; its static file, unless a generator's page stands in for it.
  void show(const SourceFile& source) { show(source, places_of(source)); }
  void hide(const SourceFile& source);
  // The same in two steps, the first of them in any thread: the lists that each of the documents
  // belongs to, and where.
  using Places = std::vector<std::pair<std::string, ListKey>>;
  std::vector<Places> places_of(const SourceFile& source) const;
  void show(const SourceFile& source, std::vector<Places> places);
  // Shows what waited for the site's instant, and hides what was to be shown until then.
  void pass_time();
  // Where documents of a collection are dated in part, Jekyll's sort has the word.
  void order_collections();
  // `limit_posts`: all but the newest are as if they were not there.
  void limit_posts();

  void set_output(const std::string& path, std::string_view rank, Output output);
  // What no file of the repository holds.
  void publish_generated(const DocumentPtr& document);
  // The documents of a generator's group, in place of those that it had.
  void replace_group(const std::vector<DocumentPtr>& before, const std::vector<DocumentPtr>& after);

 private:
  bool is_hidden(const Document& document) const;
  bool is_over(const Document& document) const;
  bool is_future(const Document& document) const;
  void end_some();
  void begin_some();
  void touch_all();
  void show(const DocumentPtr& document, Places places);
  void hide(const DocumentPtr& document);
  void offer(const StaticFilePtr& file, bool is_listed = true);
  void withdraw(const StaticFile& file);
  void list(const DocumentPtr& document, Places places);
  void publish(const DocumentPtr& document);
  void replace_file(const Document& page, bool is_coming);
  Places places_of(const Document& document) const;
  void list_in(const std::string& name, ListKey key, const ItemPtr& item);
  void unlist(const std::string& name, const ListKey& key);
  static std::string output_key(const std::string& path, std::string_view rank, const Item& item);
  void erase_output(const std::string& path, std::string_view rank, const Item& item);

  Site& site_;
  Touched touched_;
  bool is_filling_ = false;
  Filling<std::string, DocumentPtr> documents_{site_.documents_};
  Filling<std::string, Output> outputs_{site_.outputs_};
  std::unordered_map<std::string, std::vector<std::pair<ListKey, ItemPtr>>> gathered_lists_;
};

}  // namespace stet::site
