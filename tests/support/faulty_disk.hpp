#pragma once

#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>

namespace pinrelay::test {

// While it lives, every SQLite file of the process that is opened goes through it, and it can refuse writes and syncs
// as a disk does, or keep syncs waiting. The files must be closed before its end.
class FaultyDisk {
public:
    FaultyDisk() : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
        vfs_.zName = "faulty";
        vfs_.pNext = nullptr;
        vfs_.pAppData = this;
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = open;
        sqlite3_vfs_register(&vfs_, 1);
    }
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;
    ~FaultyDisk() {
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(real_, 1);
    }

    // SQLITE_OK for a sound disk, else what each write and each sync answers. A sync that fails has not synced.
    std::atomic<int> write_answer = SQLITE_OK;
    std::atomic<int> sync_answer = SQLITE_OK;
    std::atomic<int> syncs_to_fail = 0;  // only so many
    std::atomic<int> wal_syncs = 0;

    // One operation that fails, counted over all files from `plan` on, the first being number 1.
    enum class Operation { Write, Sync, Truncate, Any };
    struct Fault {
        Operation operation = Operation::Any;
        int number = 0;
        bool until_healed = false;  // and all that would have counted after it
        bool torn = false;          // of a write that fails, the first half is written
    };

    void plan(Fault fault) {
        const std::lock_guard lock(mutex_);
        fault_ = fault;
        counted_ = 0;
        struck_ = false;
    }

    // Whether it came to that.
    bool struck() const {
        const std::lock_guard lock(mutex_);
        return struck_;
    }

    // No more faults, the planned one among them.
    void heal() {
        const std::lock_guard lock(mutex_);
        fault_ = {};
    }

    // Syncs that succeed need not reach the device where no test of the process ends with the power.
    std::atomic<bool> passes_syncs_on = true;

    void hold_syncs() {
        const std::lock_guard lock(mutex_);
        hold_ = true;
    }

    void wait_until_one_is_held() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return held_ > 0; });
    }

    void release_syncs() {
        const std::lock_guard lock(mutex_);
        hold_ = false;
        changed_.notify_all();
    }

private:
    // In front of the real file, which SQLite's own methods never see.
    struct File {
        sqlite3_file base;
        FaultyDisk* disk;
        bool is_wal;
        sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };
    static File& as_file(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
    static const sqlite3_io_methods& real(sqlite3_file* file) { return *as_file(file).real()->pMethods; }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
        auto* disk = static_cast<FaultyDisk*>(vfs->pAppData);
        File& opened = as_file(file);
        opened.disk = disk;
        opened.is_wal = (flags & SQLITE_OPEN_WAL) != 0;
        opened.real()->pMethods = nullptr;
        const int code = disk->real_->xOpen(disk->real_, name, opened.real(), flags, flags_out);
        opened.base.pMethods = opened.real()->pMethods == nullptr ? nullptr : &methods;
        return code;
    }

    static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
        const int answer = as_file(file).disk->write_answer;
        if (answer != SQLITE_OK) return answer;
        if (const auto fault = as_file(file).disk->strike(Operation::Write)) {
            if (fault->torn) real(file).xWrite(as_file(file).real(), bytes, count / 2, offset);
            return SQLITE_IOERR_WRITE;
        }
        return real(file).xWrite(as_file(file).real(), bytes, count, offset);
    }

    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        if (as_file(file).disk->strike(Operation::Truncate)) return SQLITE_IOERR_TRUNCATE;
        return real(file).xTruncate(as_file(file).real(), size);
    }

    static int sync(sqlite3_file* file, int flags) {
        FaultyDisk& disk = *as_file(file).disk;
        disk.wait_while_held();
        if (as_file(file).is_wal) ++disk.wal_syncs;
        if (disk.sync_answer != SQLITE_OK) return disk.sync_answer;
        if (disk.syncs_to_fail > 0) {
            --disk.syncs_to_fail;
            return SQLITE_IOERR_FSYNC;
        }
        if (disk.strike(Operation::Sync)) return SQLITE_IOERR_FSYNC;
        if (!disk.passes_syncs_on) return SQLITE_OK;
        return real(file).xSync(as_file(file).real(), flags);
    }

    // The fault of this operation, if it has one.
    std::optional<Fault> strike(Operation operation) {
        const std::lock_guard lock(mutex_);
        if (fault_.operation != Operation::Any && fault_.operation != operation) return std::nullopt;
        ++counted_;
        const bool now = counted_ == fault_.number;
        struck_ = struck_ || now;
        return now || (struck_ && fault_.until_healed) ? std::optional(fault_) : std::nullopt;
    }

    void wait_while_held() {
        std::unique_lock lock(mutex_);
        ++held_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return !hold_; });
        --held_;
    }

    static inline const sqlite3_io_methods methods = {
        2,
        [](sqlite3_file* f) { return real(f).xClose(as_file(f).real()); },
        [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) { return real(f).xRead(as_file(f).real(), to, n, at); },
        write,
        truncate,
        sync,
        [](sqlite3_file* f, sqlite3_int64* size) { return real(f).xFileSize(as_file(f).real(), size); },
        [](sqlite3_file* f, int level) { return real(f).xLock(as_file(f).real(), level); },
        [](sqlite3_file* f, int level) { return real(f).xUnlock(as_file(f).real(), level); },
        [](sqlite3_file* f, int* out) { return real(f).xCheckReservedLock(as_file(f).real(), out); },
        [](sqlite3_file* f, int op, void* arg) { return real(f).xFileControl(as_file(f).real(), op, arg); },
        [](sqlite3_file* f) { return real(f).xSectorSize(as_file(f).real()); },
        [](sqlite3_file* f) { return real(f).xDeviceCharacteristics(as_file(f).real()); },
        [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
            return real(f).xShmMap(as_file(f).real(), page, size, extend, out);
        },
        [](sqlite3_file* f, int offset, int n, int flags) {
            return real(f).xShmLock(as_file(f).real(), offset, n, flags);
        },
        [](sqlite3_file* f) { real(f).xShmBarrier(as_file(f).real()); },
        [](sqlite3_file* f, int remove) { return real(f).xShmUnmap(as_file(f).real(), remove); },
        nullptr,
        nullptr,
    };

    sqlite3_vfs* real_;
    sqlite3_vfs vfs_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Fault fault_;
    int counted_ = 0;
    bool struck_ = false;
    bool hold_ = false;
    int held_ = 0;
};

}  // namespace pinrelay::test
