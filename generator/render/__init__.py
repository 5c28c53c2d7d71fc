"""The renderers: a piece or a page → bytes. None knows another; one door per library."""
