// A small site with an index of its text. The test says when the index follows.
#pragma once

#include <gtest/gtest.h>

#include "cms/search/index.h"
#include "tests/api/routes/change_world.h"

namespace stet::api {

class SearchWorld : public ChangeWorld {
 public:
  explicit SearchWorld(const storage::TestRepository::Files& files) : ChangeWorld(files) { open(); }
  ~SearchWorld() { public_site->set_search(nullptr); }

  // The indexes, brought to what is live.
  void follow_search() {
    Status done = index->follow(pipeline->site(), *pipeline->commit());
    ASSERT_TRUE(done) << done.error().message;
    done = held_back->follow(pipeline->public_site(), *pipeline->commit());
    ASSERT_TRUE(done) << done.error().message;
  }
  // As a server that was killed and starts again.
  void restart_search() {
    restart();
    open();
  }

  std::unique_ptr<search::Index> index, held_back, in_changes;
  std::unique_ptr<PublicSearch> public_search;

 private:
  void open() {
    public_search.reset();
    open(index, "search.sqlite");
    open(held_back, "search-public.sqlite");
    open(in_changes, "search-changes.sqlite");
    backend->search = index.get();
    backend->changes_search = in_changes.get();
    backend->held_back_search = held_back.get();
    public_search = std::make_unique<PublicSearch>(*index, *held_back, *pipeline, clock);
    public_site->set_search(public_search.get());
  }

  void open(std::unique_ptr<search::Index>& one, const char* name) {
    one.reset();
    auto opened = search::Index::open(state.path() / name, fingerprint("test"));
    ASSERT_TRUE(opened) << opened.error().message;
    one = std::move(*opened);
  }
};

}  // namespace stet::api
