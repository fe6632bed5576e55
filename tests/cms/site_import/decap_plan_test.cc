#include "cms/site_import/decap_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "cms/document/edit.h"
#include "cms/schema/parse.h"
#include "storage/snapshot/memory_snapshot.h"
#include "tests/cms/site_import/exported.h"

namespace stet::site_import {
namespace {

using testing::HasSubstr;
using testing::Not;
using Files = std::map<std::string, std::string>;

DecapPlan plan_of(const std::string& text, const Files& files = {}) {
  auto plan = plan_decap(text, "admin/config.yml", **storage::make_memory_snapshot(files));
  EXPECT_TRUE(plan) << plan.error().message;
  return plan ? std::move(*plan) : DecapPlan();
}

std::string config_of(const DecapPlan& plan) {
  return plan.files.empty() ? "" : plan.files[0].after;
}

// A collection of posts with one field, in line 5.
std::string posts_with(const std::string& field) {
  return "collections:\n  - name: posts\n    folder: _posts\n    fields:\n      - " + field + "\n";
}

// What is written of the field, without the lines above it.
std::string field_of(const DecapPlan& plan) {
  std::string text = config_of(plan);
  std::size_t at = text.find("      fields:\n");
  return at == text.npos ? "" : text.substr(at + 14);
}

TEST(DecapPlan, WidgetsBecomeTypes) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"{name: a, widget: string, required: false}", "type: text"},
      {"{name: a, widget: text, required: false}", "type: text"},
      {"{name: a, required: false}", "type: text"},
      {"{name: a, widget: markdown, required: false}", "type: markdown"},
      {"{name: a, widget: datetime, required: false}", "type: date"},
      {"{name: a, widget: boolean}", "type: boolean"},
      {"{name: a, widget: number, value_type: int, min: 1, max: 5, required: false}",
       "type: number\n          integer: true\n          min: 1\n          max: 5"},
      {"{name: a, widget: image, required: false}", "type: image\n          external: true"},
      {"{name: a, widget: image, choose_url: false, required: false}", "type: image"},
      {"{name: a, widget: select, options: [x, {label: Y, value: y}], required: false}",
       "type: select\n          options:\n            - x\n            - label: Y\n              "
       "value: y"},
      {"{name: a, widget: select, multiple: true, options: [x], min: 1, required: false}",
       "type: list\n          of:\n            type: select\n            options:\n              - "
       "x\n          min_items: 1"},
      {"{name: a, widget: list, required: false}", "type: list\n          of: text"},
      {"{name: a, widget: list, field: {name: b, widget: number}, max: 3, required: false}",
       "type: list\n          of:\n            type: number\n          max_items: 3"},
      {"{name: a, widget: list, fields: [{name: b, widget: boolean}], required: false}",
       "type: list\n          of:\n            type: object\n            fields:\n              - "
       "name: b\n                type: boolean"},
      {"{name: a, widget: object, fields: [{name: b, widget: boolean}], required: false}",
       "type: object\n          fields:\n            - name: b\n              type: boolean"},
      {"{name: a, widget: relation, collection: posts, value_field: '{{slug}}', required: false}",
       "type: reference\n          collection: posts"},
      {"{name: a, widget: code, output_code_only: true, required: false}", "type: text"},
      {"{name: a, label: A, hint: Say it, pattern: ['^x', Begin with x], default: xy}",
       "type: text\n          label: A\n          help: Say it Begin with x\n          required: "
       "true\n          pattern: ^x\n          default: xy"},
  };
  for (const auto& [field, written] : cases) {
    DecapPlan plan = plan_of(posts_with(field));
    EXPECT_EQ(field_of(plan), "        - name: a\n          " + written + "\n") << field;
    EXPECT_TRUE(plan.findings.empty()) << field << ": " << shown(plan.findings);
  }
}

TEST(DecapPlan, WhatHasNoCounterpartIsToldWithItsLine) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"{name: a, widget: mine}", "left out 5: field 'a': the widget 'mine'"},
      {"{name: a, widget: color}", "field 'a': it becomes text, without its picker"},
      {"{name: a, widget: map}", "without its map"},
      {"{name: a, widget: file}", "without its upload"},
      {"{name: a, widget: hidden, default: 3}", "it is hidden there"},
      {"{name: a, widget: datetime, format: YYYY}", "'format' has no counterpart"},
      {"{name: a, widget: datetime, default: '{{now}}'}", "its default is filled in"},
      {"{name: a, i18n: true}", "'i18n' has no counterpart"},
      {"{name: a, pattern: ['(?=x)', No]}", "its 'pattern' stays behind"},
      {"{name: a, widget: number, default: many}", "its 'default' stays behind"},
      {"{name: a, widget: select}", "the field stays behind"},
      {"{name: a, widget: list, types: [{name: b}]}", "items of several types"},
      {"{name: a, widget: relation, collection: posts, value_field: title}", "so it becomes text"},
      {"{name: a, widget: relation, collection: nowhere, value_field: '{{slug}}'}",
       "there is no collection 'nowhere'"},
      {"{widget: string}", "a field without a name"},
      {"just text", "a field without a name"},
  };
  for (const auto& [field, said] : cases) {
    DecapPlan plan = plan_of(posts_with(field));
    EXPECT_TRUE(tells(plan.findings, said)) << field << ": " << shown(plan.findings);
    for (const Finding& finding : plan.findings) EXPECT_EQ(finding.place.line, 5) << field;
  }
}

TEST(DecapPlan, CollectionsBecomeTheKindsOfEntriesThatTheyAre) {
  DecapPlan plan = plan_of(R"(media_folder: /assets/pictures
public_folder: /pictures
publish_mode: editorial_workflow
collections:
  - {name: blog, label: Articles, description: All of them, folder: _posts, fields: [{name: title},
     {name: body, widget: markdown}]}
  - {name: recipe, folder: /_recipes/, fields: [{name: title}]}
  - {name: old, folder: content/old, fields: [{name: title}]}
  - name: data
    files:
      - {name: team, file: _data/team.yml, fields: [{name: lead}]}
      - {name: home, file: index.md, fields: [{name: lead}]}
)",
                           {{"_config.yml", "title: T\n"}});
  EXPECT_EQ(config_of(plan), R"(title: T
stet:
  collections:
    posts:
      label: Articles
      help: All of them
      fields:
        - name: title
          type: text
          required: true
    recipes:
      fields:
        - name: title
          type: text
          required: true
    data/team:
      fields:
        - name: lead
          type: text
          required: true
  media:
    folder: assets/pictures
    by: none
)");
  EXPECT_TRUE(tells(plan.findings, "left out 2: public_folder")) << shown(plan.findings);
  EXPECT_TRUE(tells(plan.findings, "left out 3: publish_mode"));
  EXPECT_TRUE(tells(plan.findings, "left out 7: _config.yml names no collection 'recipes'"));
  EXPECT_TRUE(tells(plan.findings, "left out 8: collection 'old': 'content/old'"));
  EXPECT_TRUE(tells(plan.findings, "left out 12: file 'index.md'"));
}

TEST(DecapPlan, WhatTheSiteSaysStays) {
  const std::string config =
      "# Ours\ntitle: T   # and this\nstet:\n  theme: default\n  media: {folder: m}\n"
      "  collections:\n    posts:\n      label: Mine # kept\n      fields:\n"
      "        - {name: title, type: text, max_length: 80}  # ours\n";
  const std::string decap =
      "media_folder: other\n" +
      posts_with(
          "{name: title, widget: markdown}\n      - {name: rank, widget: number, required: "
          "false}");
  DecapPlan plan = plan_of(decap, {{"_config.yml", config}});
  EXPECT_EQ(config_of(plan).substr(0, config.size()), config);
  EXPECT_THAT(config_of(plan), HasSubstr("name: rank"));
  EXPECT_THAT(config_of(plan), Not(HasSubstr("other")));
  ASSERT_EQ(plan.schemas.size(), 1u);
  EXPECT_EQ(plan.schemas[0].there, std::vector<std::string>{"title"});
  EXPECT_TRUE(plan_of(decap, {{"_config.yml", config_of(plan)}}).files.empty());
}

TEST(DecapPlan, TwoCollectionsThatAreOneHereAreJoined) {
  DecapPlan plan = plan_of(
      "collections:\n  - {name: a, folder: _posts, fields: [{name: x}]}\n"
      "  - {name: b, folder: news/_posts, fields: [{name: x}, {name: y}]}\n");
  EXPECT_THAT(config_of(plan), HasSubstr("name: x"));
  EXPECT_THAT(config_of(plan), HasSubstr("name: y"));
  EXPECT_EQ(plan.schemas.size(), 2u);
}

TEST(DecapPlan, RefusesWhatItCannotRead) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"a: [", "admin/config.yml:"},
      {"backend: {name: git-gateway}", "no list 'collections'"},
      {"collections: {}", "no list 'collections'"},
      {"", "no list 'collections'"},
      {std::string(kDecapBytesMax + 1, '#'), "over 1 MiB"},
  };
  for (const auto& [text, said] : cases) {
    auto plan = plan_decap(text, "admin/config.yml", **storage::make_memory_snapshot(Files()));
    ASSERT_FALSE(plan) << text.substr(0, 50);
    EXPECT_THAT(plan.error().message, HasSubstr(said));
  }
}

TEST(DecapPlan, IsFoundInTheSite) {
  auto found = [](const Files& files) {
    return *find_decap(**storage::make_memory_snapshot(files));
  };
  EXPECT_EQ(found({{"admin/config.yml", ""}}), "admin/config.yml");
  EXPECT_EQ(found({{"public/admin/config.yml", ""}}), "public/admin/config.yml");
  EXPECT_EQ(found({{"config.yml", ""}}), "");
}

}  // namespace
}  // namespace stet::site_import
