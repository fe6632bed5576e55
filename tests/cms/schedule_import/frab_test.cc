#include "cms/schedule_import/frab.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/document/yaml.h"
#include "cms/schedule_import/read_json.h"
#include "cms/schedule_import/read_xml.h"
#include "cms/schedule_import/xml_tree.h"
#include "tests/cms/schedule_import/shown.h"

namespace stet::schedule_import {
namespace {

using testing::ElementsAre;
using Kind = Finding::Kind;

constexpr char kXml[] = R"(<?xml version="1.0" encoding="utf-8"?>
<schedule>
  <version>1</version>
  <conference>
    <title>Harbour Days</title><acronym>hd21</acronym>
    <start>2021-05-13</start><end>2021-05-14</end>
    <time_zone_name>America/Halifax</time_zone_name>
    <track name="Craft" color="#112233" slug="craft"/>
  </conference>
  <day index="1" date="2021-05-13">
    <room name="Hall">
      <event guid="11111111-2222-3333-4444-555555555555" id="7" code="ABCDEF">
        <date>2021-05-13T10:00:00-03:00</date><start>10:00</start>
        <duration>1:30</duration>
        <room>Hall</room><title>Ropes &amp; knots</title>
        <subtitle>All of them</subtitle><type>talk</type>
        <track>Craft</track><language>en</language>
        <abstract>Short.</abstract><description>Long.</description>
        <logo/><recording><license>CC</license><optout>false</optout></recording>
        <persons><person id="3" guid="p-1">Ann Ash</person>
          <person>Bo Birch</person></persons>
        <links><link href="https://example.org/r">Notes</link>
          <link href="javascript:x">Bad</link></links>
      </event>
      <event guid="g2" id="8"><start>01:00</start><duration>00:30</duration>
        <title>Night</title></event>
    </room>
    <room name="Shed"/>
  </day>
</schedule>)";

TEST(ReadXml, ReadsASchedule) {
  auto schedule = read_xml(kXml, {});
  ASSERT_TRUE(schedule) << schedule.error().message;
  EXPECT_EQ(schedule->title, "Harbour Days");
  EXPECT_EQ(schedule->acronym, "hd21");
  EXPECT_EQ(schedule->zone.name(), "America/Halifax");
  EXPECT_THAT(
      shown(*schedule),
      ElementsAre("2021-05-13T13:00:00Z/14:30 Ropes & knots", "2021-05-14T04:00:00Z/04:30 Night"));
  const Session& session = schedule->sessions[0];
  EXPECT_EQ(session.uid, "11111111-2222-3333-4444-555555555555");
  EXPECT_EQ(session.code, "ABCDEF");
  EXPECT_EQ(session.description, "Short.\n\nLong.");
  EXPECT_EQ(session.place.line, 12);
  EXPECT_EQ(session.links, (std::vector<Link>{{"Notes", "https://example.org/r"}}));
  EXPECT_THAT(rooms_of(*schedule), ElementsAre("Hall", "Shed"));
  ASSERT_EQ(schedule->speakers.size(), 2u);
  EXPECT_EQ(schedule->speakers[0].uid, "p-1");
  EXPECT_EQ(schedule->tracks[0].color, "#112233");
  EXPECT_TRUE(tells(*schedule, Kind::kLeftOut, "recording of 1 event is not taken over"));
}

TEST(ReadXml, ADayBeginsWhenTheFileSaysSo) {
  auto schedule = read_xml(
      "<schedule><conference><title>x</title><time_zone_name>Europe/Brussels</time_zone_name>"
      "<day_change>09:00:00</day_change></conference><day date='2018-02-03'><room name='A'>"
      "<event id='1'><title>Late</title><start>08:30</start><duration>00:30</duration></event>"
      "<event id='2'><title>Early</title><start>09:00</start><duration>00:30</duration></event>"
      "</room></day></schedule>",
      {});
  ASSERT_TRUE(schedule);
  EXPECT_THAT(shown(*schedule),
              ElementsAre("2018-02-04T07:30:00Z/08:00 Late", "2018-02-03T08:00:00Z/08:30 Early"));
}

// Programs older than guids number their events.
TEST(ReadXml, AnEventWithoutAGuidIsKnownByItsNumber) {
  const std::string begin = "<schedule><conference><title>x</title>";
  const std::string rest =
      "</conference><day date='2018-02-03'><room name='A'>"
      "<event id='1'><title>A</title><start>10:00</start><duration>00:30</duration></event>"
      "<event id='1'><title>B</title><start>11:00</start><duration>00:30</duration></event>"
      "<event><title>C</title><start>12:00</start><duration>00:30</duration></event>"
      "</room></day></schedule>";
  auto schedule = read_xml(begin + "<acronym>camp19</acronym>" + rest, {});
  ASSERT_TRUE(schedule);
  EXPECT_EQ(schedule->sessions[0].uid, "1@camp19");
  EXPECT_EQ(schedule->sessions[1].uid, "");
  EXPECT_EQ(schedule->sessions[2].uid, "");
  // Of a schedule without a name nothing tells its numbers from another's.
  auto nameless = read_xml(begin + rest, {});
  ASSERT_TRUE(nameless);
  EXPECT_EQ(nameless->sessions[0].uid, "");
}

TEST(ReadXml, RefusesWhatIsHostileOrNoSchedule) {
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "<a>";
  const std::pair<std::string, const char*> cases[] = {
      {"<!DOCTYPE s [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><schedule>&b;</schedule>",
       "document type"},
      {"<!DOCTYPE s SYSTEM \"file:///etc/passwd\"><schedule/>", "document type"},
      {"<schedule>&b;</schedule>", "line 1"},
      {"<schedule>\n<open>", "line 2"},
      {"<schedule/>", "no <schedule> with a <conference>"},
      {"<html><conference/></html>", "no <schedule>"},
      {deep, "32 elements"},
      {"", "well-formed"},
  };
  for (const auto& [text, why] : cases) {
    auto schedule = read_xml(text, {});
    ASSERT_FALSE(schedule) << text;
    EXPECT_NE(schedule.error().message.find(why), std::string::npos) << schedule.error().message;
  }
}

TEST(ReadXml, SaysWhichTimesItCannotRead) {
  auto schedule = read_xml(
      "<schedule><conference><title>x</title></conference><day date='2021-05-13'><room name='A'>"
      "<event><title>None</title></event><event><title>No "
      "end</title><date>2021-05-13T10:00:00Z</date></event>"
      "</room></day></schedule>",
      {});
  ASSERT_TRUE(schedule);
  EXPECT_THAT(shown(*schedule), ElementsAre("- None", "2021-05-13T10:00:00Z No end"));
  EXPECT_TRUE(tells(*schedule, Kind::kDoubt, "'None' has no time"));
  EXPECT_TRUE(tells(*schedule, Kind::kDoubt, "'No end' has no duration"));
}

document::Data json(std::string_view text) {
  Problems problems;
  document::Data data = document::parse_yaml(text, "x.json", problems);
  EXPECT_TRUE(problems.empty());
  return data;
}

TEST(ReadJson, ReadsWhatFrabAndPretalxWrite) {
  auto schedule = read_json(json(R"({"schedule": {"version": "1", "conference": {
    "title": "Harbour Days", "acronym": "hd21", "start": "2021-05-13", "end": "2021-05-13",
    "time_zone_name": "America/Halifax", "tracks": [{"name": "Craft", "color": "#112233"}],
    "rooms": [{"name": "Shed"}, {"name": "Hall"}],
    "days": [{"index": 1, "date": "2021-05-13", "rooms": {"Hall": [
      {"guid": "g-1", "id": 7, "code": "ABCDEF", "date": "2021-05-13T10:00:00-03:00",
       "start": "10:00",
       "duration": "00:45", "title": "Ropes", "subtitle": "", "track": "Craft",
       "type": "Talk", "language": "en",
       "abstract": "*Short.*", "description": null,
       "feedback_url": "https://example.org/f",
       "persons": [{"code": "XYZ", "name": "Ann Ash", "biography": "Ties knots."},
                   {"id": 4, "public_name": "Bo Birch"}],
       "links": [{"title": "Notes", "url": "https://example.org/r"}],
       "attachments": [{"title": "Slides", "url": "/media/s.pdf"}]}]}}]}}})"),
                            {});
  ASSERT_TRUE(schedule) << schedule.error().message;
  EXPECT_THAT(shown(*schedule), ElementsAre("2021-05-13T13:00:00Z/13:45 Ropes"));
  EXPECT_THAT(rooms_of(*schedule), ElementsAre("Shed", "Hall"));
  const Session& session = schedule->sessions[0];
  EXPECT_EQ(session.room, "Hall");
  EXPECT_EQ(session.description, "*Short.*");
  EXPECT_EQ(session.links.size(), 2u);
  ASSERT_EQ(schedule->speakers.size(), 2u);
  EXPECT_EQ(schedule->speakers[0].biography, "Ties knots.");
  EXPECT_TRUE(tells(*schedule, Kind::kLeftOut, "feedback_url of 1 event"));
}

TEST(ReadJson, RefusesOtherJsonAndSurvivesOddOnes) {
  for (const char* text :
       {"{}", "[]", "1", "{\"schedule\": []}", "{\"schedule\": {\"conference\": 1}}"}) {
    EXPECT_FALSE(read_json(json(text), {})) << text;
  }
  auto odd = read_json(json(R"({"schedule": {"conference": {"title": 5, "days": [1, {"rooms": [1]},
      {"rooms": {"A": [1, {"title": ["x"]}, {"title": "T", "persons": [1], "links": {}}],
                 "B": 2}}]}}})"),
                       {});
  ASSERT_TRUE(odd);
  EXPECT_THAT(shown(*odd), ElementsAre("- T"));
  EXPECT_TRUE(tells(*odd, Kind::kDoubt, "/schedule/conference/days/2/rooms/A/2"));
}

TEST(FrabSchedule, TellsTwoPeopleOfOneNameApart) {
  FrabSchedule schedule({});
  for (const char* uid : {"a", "b", "a"}) {
    FrabEvent event;
    event.title = "Talk";
    event.persons.push_back({"Ann Ash", uid, ""});
    schedule.add(std::move(event), "");
  }
  Schedule taken = schedule.take();
  EXPECT_EQ(taken.speakers.size(), 2u);
  EXPECT_THAT(taken.sessions[2].speakers, ElementsAre(0u));
}

}  // namespace
}  // namespace stet::schedule_import
