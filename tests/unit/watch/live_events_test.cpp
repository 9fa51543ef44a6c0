#include "pinrelay/watch/live_events.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace pinrelay::watch {
namespace {

using namespace std::chrono_literals;

Note note_of(std::string_view id, Status status = Status::Accepted) {
    Note note;
    note.status = status;
    note.time = Time(1'713'571'200s);
    note[Part::EventId] = id;
    return note;
}

void note_many(LiveEvents& live, std::size_t count) {
    for (std::size_t number = 1; number <= count; ++number) live.note(note_of(std::to_string(number)));
}

TEST(LiveEvents, GivesWhatWasNotedInItsOrder) {
    LiveEvents live;
    Note note = note_of("e-1", Status::Delivered);
    note[Part::Account] = "pinterest:1";
    note[Part::Message] = "thanks";
    note.latency = 250ms;
    Cursor cursor = live.now();

    live.note(note);
    live.note(note_of("e-2"));
    const Batch batch = live.read(cursor, 10);

    ASSERT_EQ(batch.entries.size(), 2u);
    EXPECT_EQ(batch.missed, 0u);
    EXPECT_EQ(batch.entries[0].seq, 1u);
    EXPECT_EQ(batch.entries[0].status, Status::Delivered);
    EXPECT_EQ(batch.entries[0].time, Time(1'713'571'200s));
    EXPECT_EQ(batch.entries[0].latency, 250ms);
    EXPECT_EQ(batch.entries[0][Part::Account], "pinterest:1");
    EXPECT_EQ(batch.entries[0][Part::EventId], "e-1");
    EXPECT_EQ(batch.entries[0][Part::Name], "");
    EXPECT_EQ(batch.entries[0][Part::Message], "thanks");
    EXPECT_EQ(batch.entries[1][Part::EventId], "e-2");
    EXPECT_EQ(batch.entries[1].latency, std::nullopt);
}

TEST(LiveEvents, GivesEachReaderEveryEntryOnce) {
    LiveEvents live;
    Cursor cursor;
    note_many(live, 5);

    EXPECT_EQ(live.read(cursor, 3).entries.size(), 3u);
    EXPECT_EQ(live.read(cursor, 3).entries.size(), 2u);
    EXPECT_EQ(live.read(cursor, 3).entries.size(), 0u);
    Cursor another;
    EXPECT_EQ(live.read(another, 10).entries.size(), 5u);
}

TEST(LiveEvents, CountsWhatASlowReaderMisses) {
    LiveEvents live;
    Cursor cursor;
    note_many(live, LiveEvents::capacity + 7);

    const Batch batch = live.read(cursor, 1);

    EXPECT_EQ(batch.missed, 7u);
    ASSERT_EQ(batch.entries.size(), 1u);
    EXPECT_EQ(batch.entries[0][Part::EventId], "8");
    EXPECT_EQ(live.read(cursor, LiveEvents::capacity).missed, 0u);
}

TEST(LiveEvents, BeginsAtTheOldestEntryThatItHas) {
    LiveEvents live;
    note_many(live, LiveEvents::capacity + 7);

    Cursor cursor = live.oldest();
    const Batch batch = live.read(cursor, 1);

    EXPECT_EQ(batch.missed, 0u);
    EXPECT_EQ(batch.entries.at(0)[Part::EventId], "8");
}

TEST(LiveEvents, CutsLongTextsBetweenTwoCharacters) {
    LiveEvents live;
    std::string text(159, 'a');
    text += "\u00e9 and so on";
    Note note = note_of(text);
    note[Part::Message] = std::string_view(text);
    Cursor cursor;

    live.note(note);
    const Batch batch = live.read(cursor, 1);

    EXPECT_EQ(batch.entries.at(0)[Part::EventId], std::string(159, 'a'));
    EXPECT_EQ(batch.entries.at(0)[Part::Message], std::string(159, 'a'));
}

TEST(LiveEvents, KeepsTheFirstPartsWhereNotAllHaveRoom) {
    LiveEvents live;
    const std::string text(1000, 'a');
    Note note;
    note.parts.fill(text);
    Cursor cursor;

    live.note(note);
    const Batch batch = live.read(cursor, 1);

    EXPECT_EQ(batch.entries.at(0)[Part::Account].size(), 160u);
    EXPECT_EQ(batch.entries.at(0)[Part::EventId].size(), 160u);
    EXPECT_EQ(batch.entries.at(0)[Part::Message], "");
}

TEST(LiveEvents, NamesEachStatus) {
    EXPECT_EQ(name_of(Status::Accepted), "accepted");
    EXPECT_EQ(name_of(Status::Retried), "retried");
    EXPECT_TRUE(is_fate(Status::Delivered));
    EXPECT_FALSE(is_fate(Status::Ignored));
}

// Two writers and a reader: each entry is read whole, or counted as missed.
TEST(LiveEvents, LosesNothingWithoutCountingIt) {
    constexpr std::size_t each = 20'000;
    LiveEvents live;
    Cursor cursor;
    std::uint64_t read = 0;
    std::uint64_t missed = 0;
    bool whole = true;
    const auto take = [&] {
        const Batch batch = live.read(cursor, 100);
        read += batch.entries.size();
        missed += batch.missed;
        for (const Kept& kept : batch.entries) whole = whole && kept[Part::EventId] == kept[Part::Name];
    };
    const auto write = [&live] {
        for (std::size_t number = 0; number < each; ++number) {
            const std::string id = std::to_string(number);
            Note note = note_of(id);
            note[Part::Name] = id;
            live.note(note);
        }
    };

    std::thread one(write);
    std::thread two(write);
    while (read + missed < each) take();
    one.join();
    two.join();
    while (read + missed < 2 * each) take();

    EXPECT_TRUE(whole);
    EXPECT_EQ(read + missed, 2 * each);
}

}  // namespace
}  // namespace pinrelay::watch
