// What peers read, at their pace, and what they make of it.

extension ServerDay {
    func peersRead() {
        for peer in peers {
            let limit: Int
            switch peer.reading {
            case .atOnce: limit = .max
            case .slow: limit = machine.number(0...300)
            case .notAtAll: limit = 0
            }
            for line in peer.read(limit) { learn(line, peer) }
            if peer.connection.isExhausted { leave(peer) }
        }
        peers.removeAll { $0.connection.isOver && ($0.isGone || $0.connection.isExhausted) }
    }

    private func learn(_ line: HeardLine, _ peer: SimulatedPeer) {
        switch peer.party {
        case .customer(let index): learnAsCustomer(index, line, peer)
        case .agent(let index): learnAsAgent(index, line, peer)
        }
    }

    private func learnAsCustomer(_ index: Int, _ line: HeardLine, _ peer: SimulatedPeer) {
        switch line.type {
        case "welcome":
            peer.wasWelcomed = true
            customers[index].token = line["token"] ?? customers[index].token
        case "queued", "started":
            // A slow connection may still speak of a chat that another one has told the end of.
            guard let chat = line["chat"], !customers[index].past.contains(chat) else { return }
            customers[index].isEntering = false
            customers[index].isInChat = true
            if customers[index].chat != chat {
                if let old = customers[index].chat { customers[index].past.insert(old) }
                (customers[index].chat, customers[index].lastSeq) = (chat, 0)
            }
        case "ack":
            if let word = customers[index].unacknowledged.first(where: { $0.id == line["id"] }) {
                acknowledge(word, line) { customers[index].acknowledged.append($0) }
                customers[index].unacknowledged.removeAll { $0.id == word.id }
            }
            hear(line, index)
        case "message": hear(line, index)
        case "inquiry":
            if let receipt = line["receipt"] { customers[index].receipts.insert(receipt) }
        case "ended":
            guard let chat = line["chat"], chat == customers[index].chat else { return }
            customers[index].past.insert(chat)
            customers[index].isInChat = false
            customers[index].unacknowledged = []
        case "error":
            guard line["code"] == "unknown_token" else { return }
            customers[index] = CustomerLedger(keeping: customers[index])
            peer.connection.endInput()
            leave(peer)
        default: break
        }
    }

    private func hear(_ line: HeardLine, _ index: Int) {
        guard line["chat"] == customers[index].chat, let seq = line.seq else { return }
        customers[index].lastSeq = max(customers[index].lastSeq, seq)
    }

    private func acknowledge(_ word: SimulatedWord, _ line: HeardLine, _ keep: (AcknowledgedWord) -> Void) {
        guard let chat = line["chat"], let seq = line.seq else { return }
        keep(AcknowledgedWord(chat: chat, seq: seq, word: word))
    }

    private func learnAsAgent(_ index: Int, _ line: HeardLine, _ peer: SimulatedPeer) {
        switch line.type {
        case "welcome":
            peer.wasWelcomed = true
            (agents[index].offers, agents[index].chats, agents[index].wrappingUp) = ([], [], [])
            agents[index].inquiries = []
            agents[index].isAvailable = false
        case "status": agents[index].isAvailable = line["status"] == "available"
        case "offer": if let offer = line["offer"] { agents[index].offers.append(offer) }
        case "offer_closed": agents[index].offers.removeAll { $0 == line["offer"] }
        case "started":
            if let chat = line["chat"], !agents[index].chats.contains(chat) { agents[index].chats.append(chat) }
        case "ended":
            agents[index].chats.removeAll { $0 == line["chat"] }
            if let chat = line["chat"] { agents[index].wrappingUp.append(chat) }
        case "inquiry":
            guard let inquiry = line["inquiry"] else { return }
            if ["taken", "reopened"].contains(line["state"]) {
                agents[index].inquiries.insert(inquiry)
            } else {
                agents[index].inquiries.remove(inquiry)
            }
        case "ok": if line["for"] == "release" { agents[index].inquiries.remove(line["chat"] ?? "") }
        case "ack":
            if let word = agents[index].unacknowledged.first(where: { $0.id == line["id"] }) {
                acknowledge(word, line) { agents[index].acknowledged.append($0) }
                agents[index].unacknowledged.removeAll { $0.id == word.id }
            }
        case "party":
            if line["state"] == "left" { agents[index].chats.removeAll { $0 == line["chat"] } }
        case "error":
            if line["code"] == "no_chat" || line["code"] == "unknown_chat" { agents[index].chats = [] }
        default: break
        }
    }
}
